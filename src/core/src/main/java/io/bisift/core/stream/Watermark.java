package io.bisift.core.stream;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far event time has come: where the log shard that is furthest behind has its latest record.
 * Shards that had no news for a while do not count, and nobody's future does: a time beyond the
 * clock is as the clock. Never goes back. Not thread-safe.
 */
public final class Watermark {
  /** Before all records: nothing is late. */
  public static final long START = Long.MIN_VALUE;

  private final SortedMap<LogShard, Long> latest = new TreeMap<>();
  private final Map<LogShard, Long> heard = new HashMap<>();
  private long at = START;

  /** In milliseconds since 1970. */
  public long at() {
    return at;
  }

  /**
   * Expects news of these shards, beside those that have had some.
   *
   * @param now by the clock, from which on their silence counts
   */
  public void expect(Collection<LogShard> shards, long now) {
    shards.forEach(shard -> heard.putIfAbsent(shard, now));
    latest.keySet().forEach(shard -> heard.putIfAbsent(shard, now));
  }

  /**
   * Takes news of a shard.
   *
   * @param time of the latest of some records
   */
  public void hear(LogShard shard, long time, long now) {
    heard.put(shard, now);
    latest.merge(shard, time, Math::max);
  }

  /** Moves on as far as it goes. */
  public void advance(EventWindows windows, long now) {
    long least = Long.MAX_VALUE;
    for (Map.Entry<LogShard, Long> shard : heard.entrySet()) {
      if (now - shard.getValue() < windows.idleness()) {
        least = Math.min(least, latest.getOrDefault(shard.getKey(), START));
      }
    }
    if (least != Long.MAX_VALUE) {
      at = Math.max(at, Math.min(least, now));
    }
  }

  /** Writes what outlives a run: when shards were heard of does not. */
  public static void write(Watermark watermark, DataOutput out) throws IOException {
    out.writeLong(watermark.at);
    Wire.writeInt(watermark.latest.size(), out);
    for (Map.Entry<LogShard, Long> shard : watermark.latest.entrySet()) {
      LogShard.write(shard.getKey(), out);
      out.writeLong(shard.getValue());
    }
  }

  public static Watermark read(DataInput in) throws IOException {
    Watermark watermark = new Watermark();
    watermark.at = in.readLong();
    for (int left = Wire.readInt(in); left > 0; left--) {
      watermark.latest.put(LogShard.read(in), in.readLong());
    }
    return watermark;
  }
}
