package io.bisift.core.stream;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of numbers as ranges: which orders of a log shard are committed. Numbers arrive nearly in
 * sequence, so there are few ranges. Not thread-safe.
 */
public final class OrderRanges {
  /**
   * Numbers from {@code first} to {@code last}, both included.
   *
   * @param first at least 0
   */
  public record Range(long first, long last) {
    public Range {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException("not a range: " + first + " to " + last);
      }
    }
  }

  /** Last number of each range, by its first; no two of them touch. */
  private final NavigableMap<Long, Long> ranges = new TreeMap<>();

  /** Adds all numbers from {@code first} to {@code last}. */
  public void add(long first, long last) {
    Range range = new Range(first, last);
    long from = range.first();
    long to = range.last();
    Map.Entry<Long, Long> before = ranges.floorEntry(from);
    if (before != null && before.getValue() >= from - 1) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
    while (next != null && next.getKey() - 1 <= to) {
      to = Math.max(to, next.getValue());
      ranges.remove(next.getKey());
      next = ranges.ceilingEntry(from);
    }
    ranges.put(from, to);
  }

  public boolean contains(long number) {
    return containsAll(number, number);
  }

  /** Whether all numbers from {@code first} to {@code last} are in the set. */
  public boolean containsAll(long first, long last) {
    Map.Entry<Long, Long> range = ranges.floorEntry(first);
    return range != null && range.getValue() >= last;
  }

  /** Whether any number from {@code first} to {@code last} is in the set. */
  public boolean intersects(long first, long last) {
    Map.Entry<Long, Long> range = ranges.floorEntry(last);
    return range != null && range.getValue() >= first;
  }

  /** The smallest number, from {@code start} on, that is not in the set. */
  public long firstMissing(long start) {
    Map.Entry<Long, Long> range = ranges.floorEntry(start);
    return range == null || range.getValue() < start ? start : range.getValue() + 1;
  }

  /** In order. */
  public List<Range> ranges() {
    List<Range> list = new ArrayList<>();
    ranges.forEach((first, last) -> list.add(new Range(first, last)));
    return list;
  }

  public static void write(OrderRanges set, DataOutput out) throws IOException {
    Wire.writeInt(set.ranges.size(), out);
    for (Map.Entry<Long, Long> range : set.ranges.entrySet()) {
      Wire.writeLong(range.getKey(), out);
      Wire.writeLong(range.getValue(), out);
    }
  }

  public static OrderRanges read(DataInput in) throws IOException {
    OrderRanges set = new OrderRanges();
    for (int left = Wire.readInt(in); left > 0; left--) {
      set.ranges.put(Wire.readLong(in), Wire.readLong(in));
    }
    return set;
  }
}
