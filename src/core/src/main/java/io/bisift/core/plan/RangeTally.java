package io.bisift.core.plan;

import io.bisift.core.select.Cut;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A range's answer to the cut: the few numbers that are gathered of every range.
 *
 * @param lines physical lines
 * @param bytes of the range's lines, as stored
 * @param crc CRC32C of those bytes
 * @param rejected records that cannot be ranked
 * @param above records kept for certain
 * @param tied records tied at the cut
 * @param suspect whether a ranked record may turn out unfit to be written
 */
public record RangeTally(
    RangeId range,
    long lines,
    long bytes,
    int crc,
    long rejected,
    long above,
    long tied,
    boolean suspect) {

  /** A scan's tally where every record is kept. */
  public static RangeTally keepingAll(RangeScan scan) {
    return new RangeTally(
        scan.range(),
        scan.lines(),
        scan.bytes(),
        scan.crc(),
        scan.rejected(),
        scan.ranked(),
        0,
        scan.suspect());
  }

  /** The same range under a cut. */
  public RangeTally withKept(long nowAbove, long nowTied) {
    return new RangeTally(range, lines, bytes, crc, rejected, nowAbove, nowTied, suspect);
  }

  /** The same range under a cut, its keys being known. */
  public RangeTally under(Cut cut, RankHistogram exact) {
    return withKept(cut.countAbove(exact), cut.countTied(exact));
  }

  public static void write(RangeTally tally, DataOutput out) throws IOException {
    RangeId.write(tally.range, out);
    Wire.writeLong(tally.lines, out);
    Wire.writeLong(tally.bytes, out);
    Wire.writeInt(tally.crc, out);
    Wire.writeLong(tally.rejected, out);
    Wire.writeLong(tally.above, out);
    Wire.writeLong(tally.tied, out);
    out.writeBoolean(tally.suspect);
  }

  public static RangeTally read(DataInput in) throws IOException {
    return new RangeTally(
        RangeId.read(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readInt(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readLong(in),
        in.readBoolean());
  }
}
