package io.bisift.core.stream;

import io.bisift.core.select.RankHistogram;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Some records of a group in one log shard, counted.
 *
 * @param blank messages that are no record
 * @param rejected records that cannot be ranked
 * @param ranked keys of those that can
 */
public record GroupTally(long blank, long rejected, RankHistogram ranked) {
  public static void write(GroupTally tally, DataOutput out) throws IOException {
    Wire.writeLong(tally.blank, out);
    Wire.writeLong(tally.rejected, out);
    RankHistogram.write(tally.ranked, out);
  }

  public static GroupTally read(DataInput in) throws IOException {
    return new GroupTally(Wire.readLong(in), Wire.readLong(in), RankHistogram.read(in));
  }
}
