package io.bisift.formats.scan;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.training.IndexEntry;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.TrainingRecord;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;

/** The second pass over a range: the same lines again, each now with its fate. */
public final class RangeReplay {
  /** Takes the records, in order. */
  public interface Sink {
    /** Whether there is any use in going on. */
    boolean wantsMore();

    /** A record that the cut keeps and that can be written. */
    void kept(TrainingRecord record, IndexEntry entry) throws IOException;

    /** A record that cannot be ranked, or that the cut keeps and that cannot be written. */
    void rejected(String id, SourceReader line, RejectedRecordException rejection)
        throws IOException;
  }

  private final double alpha;
  private final RecordConverter converter;

  /**
   * @param alpha α of the BIS that ranks
   * @param converter makes the training records, pictures checked
   */
  public RangeReplay(double alpha, RecordConverter converter) {
    this.alpha = alpha;
    this.converter = converter;
  }

  /**
   * Goes over a range once more.
   *
   * @throws UserException if the range is not what the first pass saw
   */
  public void replay(SourceFile source, SourceReader reader, RangeQuota quota, Cut cut, Sink sink)
      throws IOException {
    LineRanker ranker = new LineRanker(alpha, reader, !cut.equals(Cut.KEEP_ALL));
    long line = quota.firstLine() - 1;
    long tiesLeft = quota.tiesKept();
    while (sink.wantsMore() && reader.next()) {
      line++;
      try {
        if (!ranker.rank()) {
          continue;
        }
        long key = ranker.key();
        boolean kept = cut.isAbove(key) || (cut.isTied(key) && tiesLeft-- > 0);
        if (kept) {
          TrainingRecord record = converter.convert(ranker.rollout());
          sink.kept(record, new IndexEntry(id(source, line), record, ranker.score(), alpha));
        }
      } catch (RejectedRecordException e) {
        sink.rejected(id(source, line), reader, e);
      }
    }
    reader.skipRest();
    reader.requireSame(quota.tally().bytes(), quota.tally().crc());
  }

  /** The record id of a line. */
  private static String id(SourceFile source, long line) {
    return source.name() + ":" + line;
  }
}
