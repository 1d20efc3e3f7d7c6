package io.bisift.formats.testkit.gcs;

import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.FakeReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods of {@code storage.objects} but uploads. */
final class FakeObjects {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final FakeBuckets buckets;
  private final int pageSize;

  FakeObjects(FakeBuckets buckets, int pageSize) {
    this.buckets = buckets;
    this.pageSize = pageSize;
  }

  /**
   * Answers a request.
   *
   * @param at its path below {@code /b}: bucket, {@code o}, name …
   */
  FakeReply answer(FakeCall call, List<String> at) throws FakeBuckets.Refused {
    String bucket = at.get(0);
    if (at.size() == 1) {
      buckets.bucket(bucket);
      return FakeReply.json(Map.of("kind", "storage#bucket", "id", bucket, "name", bucket));
    }
    if (at.size() == 2) {
      return list(bucket, call.query());
    }
    String name = at.get(2);
    if (at.size() == 3) {
      return switch (call.method()) {
        case "GET" -> get(call, bucket, name);
        case "DELETE" -> {
          buckets.delete(bucket, name, call.query());
          yield FakeReply.empty(204);
        }
        default -> FakeReply.error(400, "not known here: " + call.method());
      };
    }
    return switch (at.get(3)) {
      case "rewriteTo", "copyTo" -> copy(call, at);
      default -> FakeReply.error(400, "not known here: " + at.get(3));
    };
  }

  private FakeReply get(FakeCall call, String bucket, String name) throws FakeBuckets.Refused {
    FakeObject object = buckets.get(bucket, name, call.query());
    if (!call.isDownload()) {
      return FakeReply.json(object.resource());
    }
    byte[] bytes = object.bytes();
    String range = call.headers().get("range");
    if (range == null) {
      return new FakeReply(200, object.headers(), bytes);
    }
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) >= bytes.length) {
      return FakeReply.error(416, "The requested range cannot be satisfied.");
    }
    int start = Integer.parseInt(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    int end = (int) Math.min(bytes.length - 1, last) + 1;
    return new FakeReply(206, object.headers(), Arrays.copyOfRange(bytes, start, end))
        .with(Map.of("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + bytes.length));
  }

  private FakeReply list(String bucket, Map<String, String> query) throws FakeBuckets.Refused {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.get("delimiter");
    String after = query.getOrDefault("pageToken", "");
    int most = Math.min(pageSize, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
    TreeSet<String> prefixes = new TreeSet<>();
    List<Object> items = new ArrayList<>();
    String last = null;
    boolean more = false;
    for (FakeObject object : buckets.bucket(bucket).values()) {
      String name = object.name();
      if (!name.startsWith(prefix) || name.compareTo(after) <= 0) {
        continue;
      }
      int end = delimiter == null ? -1 : name.indexOf(delimiter, prefix.length());
      if (end >= 0) {
        prefixes.add(name.substring(0, end + delimiter.length()));
        continue;
      }
      if (items.size() == most) {
        more = true;
        break;
      }
      items.add(object.resource());
      last = name;
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("kind", "storage#objects");
    reply.put("items", items);
    reply.put("prefixes", prefixes);
    if (more) {
      reply.put("nextPageToken", last);
    }
    return FakeReply.json(reply);
  }

  /** Copies; the answer to {@code rewriteTo} says that all is done. */
  private FakeReply copy(FakeCall call, List<String> at) throws FakeBuckets.Refused {
    FakeObject source = buckets.get(at.get(0), at.get(2), Map.of());
    FakeObject copied =
        buckets.copy(source, at.get(5), at.get(7), FakeUploads.metadata(call), call.query());
    if (at.get(3).equals("copyTo")) {
      return FakeReply.json(copied.resource());
    }
    String size = Integer.toString(copied.bytes().length);
    return FakeReply.json(
        Map.of(
            "kind",
            "storage#rewriteResponse",
            "totalBytesRewritten",
            size,
            "objectSize",
            size,
            "done",
            true,
            "resource",
            copied.resource()));
  }
}
