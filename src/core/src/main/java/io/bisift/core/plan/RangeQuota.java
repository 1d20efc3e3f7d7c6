package io.bisift.core.plan;

import io.bisift.core.select.Cut;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a range may keep once the ties are dealt, and where it stands in its source.
 *
 * @param firstLine number of its first line in the source, counted from 1
 * @param tiesKept how many of its ties are kept, the first ones
 */
public record RangeQuota(RangeTally tally, long firstLine, long tiesKept) {

  /** Records that the range keeps, whether or not they can be written. */
  public long kept() {
    return tally.above() + tiesKept;
  }

  /**
   * Deals each source's ties to its ranges in file order.
   *
   * @param tallies of all ranges, sorted
   * @param cuts by source index
   */
  public static List<RangeQuota> deal(List<RangeTally> tallies, IntFunction<Cut> cuts) {
    List<RangeQuota> quotas = new ArrayList<>(tallies.size());
    int source = -1;
    long line = 1;
    long tiesLeft = 0;
    for (RangeTally tally : tallies) {
      if (tally.range().source() != source) {
        source = tally.range().source();
        line = 1;
        tiesLeft = cuts.apply(source).tiesKept();
      }
      long ties = Math.min(tiesLeft, tally.tied());
      quotas.add(new RangeQuota(tally, line, ties));
      tiesLeft -= ties;
      line += tally.lines();
    }
    return quotas;
  }

  public static void write(RangeQuota quota, DataOutput out) throws IOException {
    RangeTally.write(quota.tally, out);
    Wire.writeLong(quota.firstLine, out);
    Wire.writeLong(quota.tiesKept, out);
  }

  public static RangeQuota read(DataInput in) throws IOException {
    return new RangeQuota(RangeTally.read(in), Wire.readLong(in), Wire.readLong(in));
  }
}
