package io.bisift.formats.testkit.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A request. */
public final class FakeCall {
  private final String method;
  private final List<String> path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;
  private final boolean cut;

  private FakeCall(
      String method,
      List<String> path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body,
      boolean cut) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.cut = cut;
  }

  public String method() {
    return method;
  }

  /** Decoded, in parts. */
  public List<String> path() {
    return path;
  }

  public Map<String, String> query() {
    return query;
  }

  /** By their names in small letters. */
  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  /** Whether the connection broke before all of the body had come. */
  public boolean cut() {
    return cut;
  }

  public static FakeCall of(
      String method, URI uri, Map<String, String> headers, byte[] body, boolean cut) {
    List<String> path = new ArrayList<>();
    for (String part : uri.getRawPath().split("/", -1)) {
      if (!part.isEmpty()) {
        path.add(decode(part.replace("+", "%2B")));
      }
    }
    Map<String, String> query = new TreeMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new FakeCall(method, List.copyOf(path), query, lower, body, cut);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The body, unpacked if it was packed on the way. */
  public byte[] content() {
    if (!"gzip".equals(headers.get("content-encoding"))) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      if (cut) {
        return new byte[0];
      }
      throw new UncheckedIOException(e);
    }
  }

  /** What a request and its repetitions have in common. */
  String key() {
    return method + path + query.get("name") + query.get("upload_id") + headers.get("range");
  }

  public boolean isUpload() {
    return path.get(0).equals("upload") || path.get(0).equals("resumable");
  }

  /** Whether it asks for an object's bytes. */
  public boolean isDownload() {
    return method.equals("GET") && "media".equals(query.get("alt"));
  }

  public boolean isBatch() {
    return path.get(0).equals("batch");
  }

  /** Whether it names an object; the pieces of a resumable upload do not. */
  public boolean names(String object) {
    return path.contains(object)
        || object.equals(query.get("name"))
        || (isUpload() && beginning().contains("\"name\":\"" + object + '"'));
  }

  private String beginning() {
    return query.containsKey("upload_id") ? "" : new String(content(), StandardCharsets.UTF_8);
  }
}
