package io.bisift.formats.scan;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.training.OutputRecord;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how many of the records that a set keeps of a range cannot be written. */
public final class KeptCount implements RangeReplay.Sink {
  private long rejected;

  private KeptCount() {}

  /** Whether a range must be read again to know what becomes of it. */
  public static boolean needsLook(RangeQuota quota) {
    return quota.tally().suspect() && quota.kept() > 0;
  }

  /**
   * What becomes of a range, by going over it.
   *
   * @param reader of the range's lines
   * @param alpha α of the BIS that ranks
   * @param table what the scan found on each line, or null
   */
  public static RangeOutcome settle(
      SourceFile source,
      SourceReader reader,
      double alpha,
      RangeQuota quota,
      Cut cut,
      RangeReplay replay,
      @Nullable LineTable table)
      throws IOException {
    KeptCount count = new KeptCount();
    RangeReplay.Share share = new RangeReplay.Share(alpha, quota, cut, count);
    replay.replay(source, reader, List.of(share), table);
    return new RangeOutcome(quota, count.rejected - quota.tally().rejected());
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
