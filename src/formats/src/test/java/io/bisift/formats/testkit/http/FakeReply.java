package io.bisift.formats.testkit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An answer. */
public final class FakeReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  public FakeReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  public static FakeReply empty(int status) {
    return new FakeReply(status, Map.of(), new byte[0]);
  }

  public static FakeReply json(Map<String, ?> value) {
    return json(200, value);
  }

  private static FakeReply json(int status, Map<String, ?> value) {
    try {
      return new FakeReply(
          status,
          Map.of("Content-Type", "application/json; charset=UTF-8"),
          MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static FakeReply error(int status, String message) {
    String reason =
        switch (status) {
          case 401 -> "required";
          case 403 -> "forbidden";
          case 404 -> "notFound";
          case 412 -> "conditionNotMet";
          case 429 -> "rateLimitExceeded";
          case 500, 502, 503, 504 -> "backendError";
          default -> "invalid";
        };
    Map<String, String> one = Map.of("message", message, "domain", "global", "reason", reason);
    return json(
        status,
        Map.of("error", Map.of("code", status, "message", message, "errors", List.of(one))));
  }

  public FakeReply with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new FakeReply(status, all, body);
  }

  /** With the CRC32C of no bytes, in its headers and in the resources that it shows. */
  FakeReply withWrongSum() {
    Map<String, String> wrong = new TreeMap<>(headers);
    wrong.computeIfPresent("X-Goog-Hash", (name, hash) -> "crc32c=AAAAAA==");
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return new FakeReply(
        status,
        wrong,
        text.replaceAll("\"crc32c\":\"[^\"]*\"", "\"crc32c\":\"AAAAAA==\"")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The text of an answer within a batch. */
  public String asHttp() {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("Content-Length: ")
        .append(body.length)
        .append("\r\n\r\n")
        .append(new String(body, StandardCharsets.UTF_8))
        .toString();
  }
}
