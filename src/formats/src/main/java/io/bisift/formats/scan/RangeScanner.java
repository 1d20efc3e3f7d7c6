package io.bisift.formats.scan;

import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.RangeScan;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.training.RecordConverter;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.util.function.LongConsumer;

/** The first pass over a range: which lines are records, and how they rank. */
public final class RangeScanner {
  private final double alpha;
  private final RecordConverter converter;
  private final boolean checksImages;

  /**
   * @param alpha α of the BIS that ranks
   * @param converter tells whether a record can be written, pictures aside
   * @param checksImages whether pictures are looked for later, so that any record may be rejected
   */
  public RangeScanner(double alpha, RecordConverter converter, boolean checksImages) {
    this.alpha = alpha;
    this.converter = converter;
    this.checksImages = checksImages;
  }

  /** Scans the lines that {@code reader} has, all of {@code range}. */
  public RangeScan scan(SourceReader reader, RangeId range) {
    long lines = 0;
    long blank = 0;
    long rejected = 0;
    long ranked = 0;
    long rankedBytes = 0;
    boolean suspect = false;
    RankHistogram histogram = new RankHistogram();
    LabelStatistics pool = new LabelStatistics();
    LineRanker line = new LineRanker(alpha, reader, true);
    while (reader.next()) {
      lines++;
      try {
        if (!line.rank()) {
          blank++;
          continue;
        }
        ranked++;
        rankedBytes += reader.lineEnd() - reader.lineStart();
        histogram.add(line.key());
        line.addTo(pool);
        suspect = suspect || checksImages || !isWritable(line);
      } catch (RejectedRecordException e) {
        rejected++;
      }
    }
    return new RangeScan(
        range,
        lines,
        blank,
        rejected,
        ranked,
        rankedBytes,
        reader.bytes(),
        reader.crc(),
        suspect,
        histogram,
        pool);
  }

  /** Counts the keys that a search has not decided yet. */
  public RankHistogram undecided(SourceReader reader, CutSearch search) {
    RankHistogram undecided = new RankHistogram();
    forEachKey(
        reader,
        key -> {
          if (search.contains(key)) {
            undecided.add(key);
          }
        });
    return undecided;
  }

  /** A range's answer to the cut, where its scan could not count every key by itself. */
  public RangeTally tally(SourceReader reader, RangeScan scan, Cut cut) {
    long[] aboveAndTied = new long[2];
    forEachKey(
        reader,
        key -> {
          aboveAndTied[0] += cut.isAbove(key) ? 1 : 0;
          aboveAndTied[1] += cut.isTied(key) ? 1 : 0;
        });
    return RangeTally.of(scan, aboveAndTied[0], aboveAndTied[1]);
  }

  private void forEachKey(SourceReader reader, LongConsumer keys) {
    LineRanker line = new LineRanker(alpha, reader, true);
    while (reader.next()) {
      try {
        if (line.rank()) {
          keys.accept(line.key());
        }
      } catch (RejectedRecordException e) {
        // counted by the first pass
      }
    }
  }

  private boolean isWritable(LineRanker line) {
    if (line.isWritable()) {
      return true;
    }
    try {
      converter.convert(line.rollout());
      return true;
    } catch (RejectedRecordException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("no picture is looked for here", e);
    }
  }
}
