package io.bisift.core.plan;

import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What one pass over the lines of a range found.
 *
 * @param range whose lines
 * @param lines physical lines
 * @param blank lines that are no record
 * @param rejected records that cannot be ranked
 * @param ranked records that can: they count in m
 * @param rankedBytes bytes of the ranked lines, terminators left out
 * @param bytes of the range's lines, as stored
 * @param crc CRC32C of those bytes
 * @param suspect whether a ranked record may turn out unfit to be written
 * @param histograms of the ranked records' keys, one for each α that the scan was asked for
 * @param pool statistics of the ranked records
 */
public record RangeScan(
    RangeId range,
    long lines,
    long blank,
    long rejected,
    long ranked,
    long rankedBytes,
    long bytes,
    int crc,
    boolean suspect,
    List<RankHistogram> histograms,
    LabelStatistics pool) {
  public RangeScan {
    histograms = List.copyOf(histograms);
  }

  public static void write(RangeScan scan, DataOutput out) throws IOException {
    RangeId.write(scan.range, out);
    Wire.writeLong(scan.lines, out);
    Wire.writeLong(scan.blank, out);
    Wire.writeLong(scan.rejected, out);
    Wire.writeLong(scan.ranked, out);
    Wire.writeLong(scan.rankedBytes, out);
    Wire.writeLong(scan.bytes, out);
    Wire.writeInt(scan.crc, out);
    out.writeBoolean(scan.suspect);
    Wire.writeList(scan.histograms, RankHistogram::write, out);
    LabelStatistics.write(scan.pool, out);
  }

  public static RangeScan read(DataInput in) throws IOException {
    return new RangeScan(
        RangeId.read(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readInt(in),
        in.readBoolean(),
        Wire.readList(RankHistogram::read, in),
        LabelStatistics.read(in));
  }
}
