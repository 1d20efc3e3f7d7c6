package io.bisift.core.plan;

import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the scans of a source's ranges add up to, in any order. A mutable accumulator. Not
 * thread-safe.
 */
public final class SourceTotals {
  private long lines;
  private long blank;
  private long rejected;
  private long ranked;
  private long rankedBytes;
  private final LabelStatistics pool = new LabelStatistics();

  public void add(RangeScan scan) {
    add(scan.lines(), scan.blank(), scan.rejected(), scan.ranked(), scan.rankedBytes());
    pool.add(scan.pool());
  }

  public void add(SourceTotals other) {
    add(other.lines, other.blank, other.rejected, other.ranked, other.rankedBytes);
    pool.add(other.pool);
  }

  private void add(
      long moreLines, long moreBlank, long moreRejected, long moreRanked, long moreRankedBytes) {
    lines += moreLines;
    blank += moreBlank;
    rejected += moreRejected;
    ranked += moreRanked;
    rankedBytes += moreRankedBytes;
  }

  public long lines() {
    return lines;
  }

  public long blank() {
    return blank;
  }

  public long rejected() {
    return rejected;
  }

  public long ranked() {
    return ranked;
  }

  public long rankedBytes() {
    return rankedBytes;
  }

  public LabelStatistics pool() {
    return pool;
  }

  public static void write(SourceTotals totals, DataOutput out) throws IOException {
    Wire.writeLong(totals.lines, out);
    Wire.writeLong(totals.blank, out);
    Wire.writeLong(totals.rejected, out);
    Wire.writeLong(totals.ranked, out);
    Wire.writeLong(totals.rankedBytes, out);
    LabelStatistics.write(totals.pool, out);
  }

  public static SourceTotals read(DataInput in) throws IOException {
    SourceTotals totals = new SourceTotals();
    totals.lines = Wire.readLong(in);
    totals.blank = Wire.readLong(in);
    totals.rejected = Wire.readLong(in);
    totals.ranked = Wire.readLong(in);
    totals.rankedBytes = Wire.readLong(in);
    totals.pool.add(LabelStatistics.read(in));
    return totals;
  }
}
