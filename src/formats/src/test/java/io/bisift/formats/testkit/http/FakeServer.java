package io.bisift.formats.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server in this process, made to fail by {@link Faults}. */
public final class FakeServer implements AutoCloseable {
  /** What the server is. */
  @FunctionalInterface
  public interface Answers {
    /** Answers a request; of one that was {@link FakeCall#cut} the answer is not seen. */
    FakeReply to(FakeCall call);
  }

  /** What is read of a body before it is decided what goes wrong. */
  private static final int HEAD = 1 << 13;

  private static final int DROP = 1 << 14;
  private static final int PAUSE_MILLIS = 2;

  private final Answers answers;
  private final HttpServer server;
  private final List<HttpServer> others = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Fault.Kind, AtomicInteger> injected = new ConcurrentHashMap<>();
  private volatile Faults faults = Faults.NONE;

  /** Makes one on any free port; it does not listen yet. */
  public FakeServer(Answers answers) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.answers = answers;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Begins to listen. */
  public void start() {
    listen(server);
  }

  private void listen(HttpServer some) {
    some.createContext("/", this::handle);
    some.setExecutor(threads);
    some.start();
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String host() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Listens on another port, too.
   *
   * @param port that nobody listens on
   */
  public void alsoAt(int port) throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    listen(other);
    others.add(other);
  }

  /** From now on, what goes wrong. */
  public void failing(Faults which) {
    faults = which;
  }

  /** What goes wrong with a request; null: nothing. */
  public Fault fault(FakeCall call) {
    return faults.of(call);
  }

  /** How often something of a kind went wrong. */
  public int injected(Fault.Kind kind) {
    return injected.computeIfAbsent(kind, any -> new AtomicInteger()).get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      String method = headers.getOrDefault("X-http-method-override", exchange.getRequestMethod());
      URI uri = exchange.getRequestURI();
      InputStream in = exchange.getRequestBody();
      byte[] head = in.readNBytes(HEAD);
      Fault fault = faults.of(FakeCall.of(method, uri, headers, head, /* cut= */ true));
      if (fault != null) {
        injected.computeIfAbsent(fault.kind(), any -> new AtomicInteger()).incrementAndGet();
      }
      Fault.Kind kind = fault == null ? null : fault.kind();
      if (kind == Fault.Kind.CUT_REQUEST) {
        byte[] half = in.readNBytes(Math.max(0, length(headers) / 2 - head.length));
        answers.to(FakeCall.of(method, uri, headers, join(head, half), /* cut= */ true));
        return;
      }
      byte[] body = join(head, in.readAllBytes());
      if (kind == Fault.Kind.KEEPS_HALF && method.equals("PUT")) {
        byte[] half = Arrays.copyOf(body, body.length / 2);
        send(exchange, answers.to(FakeCall.of(method, uri, headers, half, /* cut= */ true)), kind);
        return;
      }
      FakeReply reply =
          kind == Fault.Kind.REFUSED || kind == Fault.Kind.TOLD_TO_WAIT
              ? refusal(fault)
              : answers.to(FakeCall.of(method, uri, headers, body, /* cut= */ false));
      if (kind != Fault.Kind.LOST_ANSWER) {
        send(exchange, reply, kind);
      }
    }
  }

  private static FakeReply refusal(Fault fault) {
    FakeReply reply = FakeReply.error(fault.status(), "told to fail");
    return fault.kind() == Fault.Kind.TOLD_TO_WAIT ? reply.with(Map.of("Retry-After", "1")) : reply;
  }

  private static int length(Map<String, String> headers) {
    return Integer.parseInt(headers.getOrDefault("Content-length", "131072"));
  }

  private static byte[] join(byte[] head, byte[] rest) {
    byte[] all = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }

  private static void send(HttpExchange exchange, FakeReply reply, Fault.Kind kind)
      throws IOException {
    if (kind == Fault.Kind.WRONG_SUM) {
      reply = reply.withWrongSum();
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = reply.body();
    if (kind == Fault.Kind.WRONG_BYTE && body.length > 0) {
      body = body.clone();
      body[body.length / 2] ^= 1;
    }
    if (kind == Fault.Kind.SHORT_ANSWER && reply.status() < 400) {
      body = Arrays.copyOf(body, body.length / 2);
    }
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length == 0) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    if (kind == Fault.Kind.CUT_ANSWER && reply.status() < 400) { // a cut error prints a trace
      out.write(body, 0, body.length / 2);
      out.flush();
      return; // the exchange is closed, and the connection with it
    }
    if (kind == Fault.Kind.SLOW_ANSWER) {
      for (int at = 0; at < body.length; at += DROP) {
        out.write(body, at, Math.min(DROP, body.length - at));
        out.flush();
        pause();
      }
    } else {
      out.write(body);
    }
    out.close();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    others.forEach(other -> other.stop(0));
    threads.shutdownNow();
  }
}
