package io.bisift.formats.testkit.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The server. It holds buckets in memory, and speaks objects' get, list, insert (in one piece,
 * multipart and resumable), delete, copy and rewrite, downloads of ranges, batches, and conditions
 * on generations; {@link Faults} make it fail.
 */
public final class FakeGcs implements AutoCloseable {
  /** What is read of a body before it is decided what goes wrong. */
  private static final int HEAD = 1 << 13;

  private static final int DROP = 1 << 14;
  private static final int PAUSE_MILLIS = 2;

  private final HttpServer server;
  private final List<HttpServer> others = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeBuckets buckets = new FakeBuckets();
  private final FakeObjects objects;
  private final FakeUploads uploads;
  private final Map<Fault.Kind, AtomicInteger> injected = new ConcurrentHashMap<>();
  private volatile Faults faults = Faults.NONE;

  /** Starts on any free port, without buckets. */
  public FakeGcs() throws IOException {
    this(/* pageSize= */ 1000);
  }

  /**
   * Starts on any free port.
   *
   * @param pageSize the most that a listing shows at once
   */
  public FakeGcs(int pageSize) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    objects = new FakeObjects(buckets, pageSize);
    uploads = new FakeUploads(buckets, host());
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
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
    other.createContext("/", this::handle);
    other.setExecutor(threads);
    other.start();
    others.add(other);
  }

  /** What the options of Beam take as {@code --gcsEndpoint}. */
  public String endpoint() {
    return host() + "/storage/v1/";
  }

  /** From now on, what goes wrong. */
  public void failing(Faults which) {
    faults = which;
  }

  /** How often something of a kind went wrong. */
  public int injected(Fault.Kind kind) {
    return injected.computeIfAbsent(kind, any -> new AtomicInteger()).get();
  }

  public void createBucket(String bucket) {
    buckets.createBucket(bucket);
  }

  /** Stores an object. */
  public void put(String bucket, String name, byte[] bytes) {
    try {
      buckets.put(bucket, name, bytes, "application/octet-stream", Map.of(), Map.of());
    } catch (FakeBuckets.Refused e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Stores the files of a folder and below under a prefix. */
  public void putFolder(String bucket, String prefix, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(bucket, prefix + folder.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  /** The bytes of all objects of a bucket whose names begin with a prefix, by the rest. */
  public SortedMap<String, byte[]> objects(String bucket, String prefix) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    try {
      buckets
          .bucket(bucket)
          .forEach(
              (name, object) -> {
                if (name.startsWith(prefix)) {
                  found.put(name.substring(prefix.length()), object.bytes());
                }
              });
    } catch (FakeBuckets.Refused e) {
      throw new IllegalArgumentException(e);
    }
    return found;
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
        answer(FakeCall.of(method, uri, headers, join(head, half), /* cut= */ true));
        return;
      }
      byte[] body = join(head, in.readAllBytes());
      if (kind == Fault.Kind.KEEPS_HALF && method.equals("PUT")) {
        byte[] half = Arrays.copyOf(body, body.length / 2);
        send(exchange, answer(FakeCall.of(method, uri, headers, half, /* cut= */ true)), kind);
        return;
      }
      FakeReply reply =
          kind == Fault.Kind.REFUSED || kind == Fault.Kind.TOLD_TO_WAIT
              ? refusal(fault)
              : answer(FakeCall.of(method, uri, headers, body, /* cut= */ false));
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

  private FakeReply answer(FakeCall call) {
    try {
      List<String> path = call.path();
      if (path.get(0).equals("batch")) {
        return batch(call);
      }
      int buckets = path.indexOf("b");
      if (buckets < 0 || path.size() == buckets + 1) {
        return FakeReply.error(400, "not known here: " + path);
      }
      List<String> at = path.subList(buckets + 1, path.size());
      if (call.isUpload()) {
        return uploads.answer(call, at.get(0));
      }
      return call.cut() ? FakeReply.empty(200) : objects.answer(call, at);
    } catch (FakeBuckets.Refused e) {
      return e.reply;
    }
  }

  /** Several requests in one. */
  private FakeReply batch(FakeCall call) {
    if (call.cut()) {
      return FakeReply.empty(200);
    }
    String boundary = "batch_answer";
    StringBuilder text = new StringBuilder();
    FakeParts parts = FakeParts.of(call.headers().get("content-type"), call.content());
    for (int i = 0; i < parts.texts().size(); i++) {
      String id =
          parts
              .headers(i)
              .lines()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-id:"))
              .map(line -> line.substring("content-id:".length()).strip())
              .findFirst()
              .orElse("<" + (i + 1) + ">");
      FakeCall part = single(parts.body(i));
      Fault fault = faults.of(part);
      FakeReply reply =
          fault != null && fault.kind() == Fault.Kind.REFUSED
              ? FakeReply.error(fault.status(), "told to fail")
              : answer(part);
      text.append("--").append(boundary).append("\r\nContent-Type: application/http\r\n");
      text.append("Content-ID: ").append(id.replaceFirst("<", "<response-")).append("\r\n\r\n");
      text.append(reply.asHttp()).append("\r\n");
    }
    text.append("--").append(boundary).append("--\r\n");
    return new FakeReply(
        200,
        Map.of("Content-Type", "multipart/mixed; boundary=" + boundary),
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A request of a batch. */
  private FakeCall single(byte[] http) {
    String text = new String(http, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n", -1);
    String[] request = lines[0].split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    Arrays.stream(lines)
        .skip(1)
        .map(line -> line.split(":", 2))
        .forEach(pair -> headers.put(pair[0], pair[1].strip()));
    byte[] body =
        (end < 0 ? "" : text.substring(end + 4).strip()).getBytes(StandardCharsets.ISO_8859_1);
    return FakeCall.of(request[0], URI.create(request[1]), headers, body, /* cut= */ false);
  }

  @Override
  public void close() {
    server.stop(0);
    others.forEach(other -> other.stop(0));
    threads.shutdownNow();
  }
}
