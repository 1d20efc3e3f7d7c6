package io.bisift.formats.scan;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.training.OutputRecord;
import io.bisift.formats.source.SourceReader;

/** Counts how many of the records that a set keeps of a range cannot be written. */
public final class KeptCount implements RangeReplay.Sink {
  private long rejected;

  /** Whether a range must be read again to know what becomes of it. */
  public static boolean needsLook(RangeQuota quota) {
    return quota.tally().suspect() && quota.kept() > 0;
  }

  /** What becomes of the range, once it has been gone over. */
  public RangeOutcome outcome(RangeQuota quota) {
    return new RangeOutcome(quota, rejected - quota.tally().rejected());
  }

  @Override
  public boolean wantsMore() {
    return true;
  }

  @Override
  public void kept(OutputRecord record) {}

  @Override
  public void rejected(String id, SourceReader line, RejectedRecordException rejection) {
    rejected++;
  }
}
