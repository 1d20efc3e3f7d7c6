package io.bisift.core.plan;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/**
 * A stretch of a source: the lines whose first byte lies in [start, end). Ranges order as their
 * lines do.
 *
 * @param source index of the source in a run's order
 * @param start offset in the source; 0 for a source that can only be read from its beginning
 * @param end offset behind the stretch
 */
public record RangeId(int source, long start, long end) implements Comparable<RangeId> {
  private static final Comparator<RangeId> ORDER =
      Comparator.comparingInt(RangeId::source).thenComparingLong(RangeId::start);

  @Override
  public int compareTo(RangeId other) {
    return ORDER.compare(this, other);
  }

  public static void write(RangeId range, DataOutput out) throws IOException {
    Wire.writeInt(range.source, out);
    Wire.writeLong(range.start, out);
    Wire.writeLong(range.end, out);
  }

  public static RangeId read(DataInput in) throws IOException {
    return new RangeId(Wire.readInt(in), Wire.readLong(in), Wire.readLong(in));
  }
}
