package io.bisift.formats.testkit.gcs;

import io.bisift.formats.testkit.http.FakeReply;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the server holds. Every change is one step. */
final class FakeBuckets {
  private final Map<String, SortedMap<String, FakeObject>> buckets = new ConcurrentHashMap<>();
  private long generations = 1_700_000_000_000_000L;

  /** A request that the state does not allow. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final transient FakeReply reply;

    Refused(int status, String message) {
      super(message);
      this.reply = FakeReply.error(status, message);
    }
  }

  synchronized void createBucket(String bucket) {
    buckets.putIfAbsent(bucket, new TreeMap<>());
  }

  /** A copy of what a bucket holds, by name. */
  synchronized SortedMap<String, FakeObject> bucket(String bucket) throws Refused {
    return new TreeMap<>(live(bucket));
  }

  private SortedMap<String, FakeObject> live(String bucket) throws Refused {
    SortedMap<String, FakeObject> objects = buckets.get(bucket);
    if (objects == null) {
      throw new Refused(404, "The specified bucket does not exist.");
    }
    return objects;
  }

  /** The object that a request names, if its conditions hold. */
  synchronized FakeObject get(String bucket, String name, Map<String, String> query)
      throws Refused {
    FakeObject object = live(bucket).get(name);
    String generation = query.get("generation");
    if (object == null
        || (generation != null && Long.parseLong(generation) != object.generation())) {
      throw new Refused(404, "No such object: " + bucket + "/" + name);
    }
    require(query.get("ifGenerationMatch"), object);
    String not = query.get("ifGenerationNotMatch");
    if (not != null && Long.parseLong(not) == object.generation()) {
      throw new Refused(304, "Not modified");
    }
    return object;
  }

  private static void require(String generation, FakeObject object) throws Refused {
    if (generation != null
        && Long.parseLong(generation) != (object == null ? 0 : object.generation())) {
      throw new Refused(412, "At least one of the pre-conditions you specified did not hold.");
    }
  }

  /** Refuses a write whose conditions do not hold. */
  synchronized void requireFor(String bucket, String name, Map<String, String> query)
      throws Refused {
    require(query.get("ifGenerationMatch"), live(bucket).get(name));
  }

  synchronized FakeObject put(
      String bucket,
      String name,
      byte[] bytes,
      String contentType,
      Map<String, String> metadata,
      Map<String, String> query)
      throws Refused {
    requireFor(bucket, name, query);
    FakeObject object =
        new FakeObject(bucket, name, bytes, ++generations, contentType, Map.copyOf(metadata));
    live(bucket).put(name, object);
    return object;
  }

  /**
   * Stores an object again.
   *
   * @param metadata instead of its own; empty: its own
   */
  synchronized FakeObject copy(
      FakeObject source,
      String bucket,
      String name,
      Map<String, String> metadata,
      Map<String, String> query)
      throws Refused {
    return put(
        bucket,
        name,
        source.bytes(),
        source.contentType(),
        metadata.isEmpty() ? source.metadata() : metadata,
        query);
  }

  synchronized void delete(String bucket, String name, Map<String, String> query) throws Refused {
    get(bucket, name, query);
    live(bucket).remove(name);
  }
}
