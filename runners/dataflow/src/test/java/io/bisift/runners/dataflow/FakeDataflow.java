package io.bisift.runners.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * The service's API as far as a client uses it. Its jobs end at once; somebody else does their
 * work.
 */
final class FakeDataflow implements AutoCloseable {
  private final HttpServer server;
  private final String state;
  private final String message;
  private final List<JsonNode> jobs = new CopyOnWriteArrayList<>();

  /**
   * @param state that its jobs end in, as the API has it
   * @param message that they leave
   */
  FakeDataflow(String state, String message) throws IOException {
    this.state = state;
    this.message = message;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** What was asked for. */
  List<JsonNode> jobs() {
    return jobs;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("POST")) {
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      jobs.add(new ObjectMapper().readTree(packed ? new GZIPInputStream(body) : body));
    }
    String answer;
    if (path.endsWith("/messages")) {
      answer =
          "{\"jobMessages\": [{\"id\": \"1\", \"time\": \"2026-01-01T00:00:00Z\", \"messageText\": \""
              + message
              + "\", \"messageImportance\": \"JOB_MESSAGE_ERROR\"}]}";
    } else if (path.endsWith("/metrics")) {
      answer = "{\"metrics\": []}";
    } else {
      answer =
          "{\"id\": \"2026-01-01_1\", \"projectId\": \"my-project\", \"location\": \"us-central1\","
              + " \"name\": \"bisift\", \"currentState\": \""
              + state
              + "\"}";
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
