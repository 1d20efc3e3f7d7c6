package io.bisift.core.plan;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What becomes of a range's records.
 *
 * @param unwritable kept records of which no training record can be made: rejected
 */
public record RangeOutcome(RangeQuota quota, long unwritable) {
  /** Records that go into the data shards. */
  public long written() {
    return quota.kept() - unwritable;
  }

  /** Records that go into the rejected shards. */
  public long rejected() {
    return quota.tally().rejected() + unwritable;
  }

  public static void write(RangeOutcome outcome, DataOutput out) throws IOException {
    RangeQuota.write(outcome.quota, out);
    Wire.writeLong(outcome.unwritable, out);
  }

  public static RangeOutcome read(DataInput in) throws IOException {
    return new RangeOutcome(RangeQuota.read(in), Wire.readLong(in));
  }
}
