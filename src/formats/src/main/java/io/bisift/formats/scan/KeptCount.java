package io.bisift.formats.scan;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.training.IndexEntry;
import io.bisift.core.training.TrainingRecord;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;

/** Counts how many of the records that a range keeps cannot be written. */
public final class KeptCount implements RangeReplay.Sink {
  private long rejected;

  private KeptCount() {}

  /** Whether a range must be read again to know what becomes of it. */
  public static boolean needsLook(RangeQuota quota) {
    return quota.tally().suspect() && quota.kept() > 0;
  }

  /** What becomes of a range; it is read again where it must. */
  public static RangeOutcome settle(
      Storage storage, SourceFile source, RangeQuota quota, Cut cut, RangeReplay replay)
      throws IOException {
    if (!needsLook(quota)) {
      return new RangeOutcome(quota, 0);
    }
    KeptCount count = new KeptCount();
    try (SourceReader reader =
        SourceReader.open(storage, source, quota.tally().range(), bytes -> {})) {
      replay.replay(source, reader, quota, cut, count);
    }
    return new RangeOutcome(quota, count.rejected - quota.tally().rejected());
  }

  @Override
  public boolean wantsMore() {
    return true;
  }

  @Override
  public void kept(TrainingRecord record, IndexEntry entry) {}

  @Override
  public void rejected(String id, SourceReader line, RejectedRecordException rejection) {
    rejected++;
  }
}
