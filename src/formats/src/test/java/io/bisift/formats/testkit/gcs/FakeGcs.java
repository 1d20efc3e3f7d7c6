package io.bisift.formats.testkit.gcs;

import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.FakeReply;
import io.bisift.formats.testkit.http.FakeServer;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.IOException;
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
import java.util.stream.Stream;

/**
 * The server. It holds buckets in memory, and speaks objects' get, list, insert (in one piece,
 * multipart and resumable), delete, copy and rewrite, downloads of ranges, batches, and conditions
 * on generations; {@link Faults} make it fail.
 */
public final class FakeGcs implements AutoCloseable {
  private final FakeServer server;
  private final FakeBuckets buckets = new FakeBuckets();
  private final FakeObjects objects;
  private final FakeUploads uploads;

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
    server = new FakeServer(this::answer);
    objects = new FakeObjects(buckets, pageSize);
    uploads = new FakeUploads(buckets, host());
    server.start();
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String host() {
    return server.host();
  }

  /**
   * Listens on another port, too.
   *
   * @param port that nobody listens on
   */
  public void alsoAt(int port) throws IOException {
    server.alsoAt(port);
  }

  /** What the options of Beam take as {@code --gcsEndpoint}. */
  public String endpoint() {
    return host() + "/storage/v1/";
  }

  /** From now on, what goes wrong. */
  public void failing(Faults which) {
    server.failing(which);
  }

  /** How often something of a kind went wrong. */
  public int injected(Fault.Kind kind) {
    return server.injected(kind);
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
      Fault fault = server.fault(part);
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
    server.close();
  }
}
