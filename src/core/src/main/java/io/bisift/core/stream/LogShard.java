package io.bisift.core.stream;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A part of a stream whose records are in order, each with a number of its own: of Kafka, a
 * partition of a topic, whose records have offsets. The shards themselves are ordered by name and
 * number, so that all records of a stream are in one total order: shard first, then number.
 *
 * <p>What comes without an order, as from Pub/Sub, is a shard, too: one of arrivals, whose records
 * are numbered as they are committed.
 *
 * @param name of the topic; letters, digits and {@code . _ - ~} only, as it names files
 * @param number of the partition, at least 0
 */
public record LogShard(String name, int number) implements Comparable<LogShard> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]+");

  /** Begins the names of shards of arrivals; no topic of Kafka has such a name. */
  private static final String ARRIVALS = "pubsub~";

  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9._~-]");

  private static final Comparator<LogShard> ORDER =
      Comparator.comparing(
              (LogShard shard) -> shard.name.getBytes(StandardCharsets.UTF_8),
              Arrays::compareUnsigned)
          .thenComparingInt(LogShard::number);

  public LogShard {
    if (!NAME.matcher(name).matches() || number < 0) {
      throw new IllegalArgumentException("not a log shard: " + name + " " + number);
    }
  }

  /** The shard of what arrives from a subscription of Pub/Sub. */
  public static LogShard ofArrivals(String subscription) {
    return new LogShard(ARRIVALS + OTHER.matcher(subscription).replaceAll("_"), 0);
  }

  /** Whether its records have no order before they are committed, and are numbered then. */
  public boolean isOfArrivals() {
    return name.startsWith(ARRIVALS);
  }

  /** {@code NAME-NUMBER}, as the manifest and files call it. */
  public String id() {
    return name + "-" + number;
  }

  /** The shard of an {@link #id}. */
  public static LogShard of(String id) {
    int dash = id.lastIndexOf('-');
    if (dash < 0) {
      throw new IllegalArgumentException("not a log shard: " + id);
    }
    return new LogShard(id.substring(0, dash), Integer.parseInt(id.substring(dash + 1)));
  }

  @Override
  public int compareTo(LogShard other) {
    return ORDER.compare(this, other);
  }

  public static void write(LogShard shard, DataOutput out) throws IOException {
    Wire.writeString(shard.name, out);
    Wire.writeInt(shard.number, out);
  }

  public static LogShard read(DataInput in) throws IOException {
    return new LogShard(Wire.readString(in), Wire.readInt(in));
  }
}
