package io.bisift.formats.testkit.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.FakeReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code storage.objects.insert}: in one piece, with metadata before it, or resumable. */
final class FakeUploads {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int GRANULE = 256 << 10;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\*|(\\d+)-(\\d+))/(\\*|\\d+)");

  private final FakeBuckets buckets;
  private final String endpoint;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /** A resumable upload; what the object will be, and what has come of it. */
  private static final class Session {
    final String bucket;
    final JsonNode resource;
    final Map<String, String> query;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FakeObject done;

    Session(String bucket, JsonNode resource, Map<String, String> query) {
      this.bucket = bucket;
      this.resource = resource;
      this.query = query;
    }
  }

  FakeUploads(FakeBuckets buckets, String endpoint) {
    this.buckets = buckets;
    this.endpoint = endpoint;
  }

  FakeReply answer(FakeCall call, String bucket) throws FakeBuckets.Refused {
    String id = call.query().get("upload_id");
    if (id != null) {
      Session session = sessions.get(id);
      if (session == null) {
        return FakeReply.error(404, "no such upload: " + id);
      }
      synchronized (session) {
        return proceed(session, call, id);
      }
    }
    if (call.cut()) {
      return FakeReply.empty(200); // nobody reads it
    }
    return switch (call.query().getOrDefault("uploadType", "media")) {
      case "resumable" -> begin(call, bucket);
      case "multipart" -> multipart(call, bucket);
      default -> stored(bucket, MAPPER.createObjectNode(), call.query(), call.content());
    };
  }

  private FakeReply begin(FakeCall call, String bucket) throws FakeBuckets.Refused {
    JsonNode resource = parse(call.content());
    buckets.requireFor(bucket, name(resource, call.query()), call.query());
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Session(bucket, resource, call.query()));
    return FakeReply.empty(200)
        .with(
            Map.of(
                "Location",
                endpoint
                    + "/upload/storage/v1/b/"
                    + bucket
                    + "/o?uploadType=resumable&upload_id="
                    + id));
  }

  private FakeReply proceed(Session session, FakeCall call, String id) throws FakeBuckets.Refused {
    if (call.method().equals("DELETE")) {
      sessions.remove(id);
      return FakeReply.empty(499);
    }
    if (session.done != null) {
      return FakeReply.json(session.done.resource());
    }
    String range = call.headers().getOrDefault("content-range", "bytes 0-/*");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    byte[] body = call.body();
    boolean last = true;
    long total = body.length;
    if (matcher.matches()) {
      if (matcher.group(2) != null) {
        keep(session, Long.parseLong(matcher.group(2)), body, call.cut());
      }
      last = !matcher.group(4).equals("*");
      total = last ? Long.parseLong(matcher.group(4)) : Long.MAX_VALUE;
    } else {
      keep(session, 0, body, call.cut());
    }
    if (!call.cut() && last && session.bytes.size() == total) {
      session.done =
          put(session.bucket, session.resource, session.query, session.bytes.toByteArray());
      return FakeReply.json(session.done.resource());
    }
    FakeReply incomplete = FakeReply.empty(308);
    return session.bytes.size() == 0
        ? incomplete
        : incomplete.with(Map.of("Range", "bytes=0-" + (session.bytes.size() - 1)));
  }

  /** Takes what has not come before; of a piece that was cut, only whole granules. */
  private static void keep(Session session, long start, byte[] body, boolean cut)
      throws FakeBuckets.Refused {
    int have = session.bytes.size();
    if (start > have) {
      throw new FakeBuckets.Refused(503, "the upload has " + have + " bytes, not " + start);
    }
    int skip = (int) (have - start);
    int length = cut ? body.length / GRANULE * GRANULE : body.length;
    if (length > skip) {
      session.bytes.write(body, skip, length - skip);
    }
  }

  private FakeReply multipart(FakeCall call, String bucket) throws FakeBuckets.Refused {
    FakeParts parts = FakeParts.of(call.headers().get("content-type"), call.content());
    return stored(bucket, parse(parts.body(0)), call.query(), parts.body(1));
  }

  private FakeReply stored(
      String bucket, JsonNode resource, Map<String, String> query, byte[] bytes)
      throws FakeBuckets.Refused {
    return FakeReply.json(put(bucket, resource, query, bytes).resource());
  }

  private FakeObject put(String bucket, JsonNode resource, Map<String, String> query, byte[] bytes)
      throws FakeBuckets.Refused {
    String crc = resource.path("crc32c").asText("");
    String name = name(resource, query);
    FakeObject arrived = new FakeObject(bucket, name, bytes, 0, "", Map.of());
    if (!crc.isEmpty() && !crc.equals(arrived.crc32c())) {
      throw new FakeBuckets.Refused(400, "Provided CRC32C does not match.");
    }
    String type = resource.path("contentType").asText("application/octet-stream");
    return buckets.put(bucket, name, bytes, type, metadata(resource), query);
  }

  /** The custom metadata in the body of a request. */
  static Map<String, String> metadata(FakeCall call) throws FakeBuckets.Refused {
    return metadata(parse(call.content()));
  }

  private static Map<String, String> metadata(JsonNode resource) {
    Map<String, String> metadata = new TreeMap<>();
    resource
        .path("metadata")
        .properties()
        .forEach(field -> metadata.put(field.getKey(), field.getValue().asText()));
    return metadata;
  }

  private static String name(JsonNode resource, Map<String, String> query) {
    return resource.path("name").asText(query.get("name"));
  }

  private static JsonNode parse(byte[] json) throws FakeBuckets.Refused {
    try {
      return json.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(json);
    } catch (IOException e) {
      throw new FakeBuckets.Refused(400, "Parse Error");
    }
  }
}
