package io.bisift.formats.scan;

import io.bisift.core.UserException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The first pass over a range: which lines are records, and how they rank. */
public final class RangeScanner {
  private final double[] alphas;
  private final RecordConverter converter;
  private final boolean checksImages;

  /**
   * @param alphas of each BIS that ranks
   * @param converter tells whether a record can be written, pictures aside
   * @param checksImages whether pictures are looked for later, so that any record may be rejected
   */
  public RangeScanner(List<Double> alphas, RecordConverter converter, boolean checksImages) {
    this.alphas = alphas.stream().mapToDouble(Double::doubleValue).toArray();
    this.converter = converter;
    this.checksImages = checksImages;
  }

  /** Scans the lines that {@code reader} has, all of {@code range}. */
  public RangeScan scan(SourceReader reader, RangeId range) {
    return scan(reader, range, null);
  }

  /**
   * Scans the lines that {@code reader} has, all of {@code range}.
   *
   * @param table is told of each line, if it is not null
   */
  public RangeScan scan(SourceReader reader, RangeId range, @Nullable LineTable table) {
    long lines = 0;
    long blank = 0;
    long rejected = 0;
    long ranked = 0;
    long rankedBytes = 0;
    boolean suspect = false;
    List<RankHistogram> histograms = new ArrayList<>();
    for (int i = 0; i < alphas.length; i++) {
      histograms.add(new RankHistogram());
    }
    LabelStatistics pool = new LabelStatistics();
    LineRanker line = new LineRanker(reader);
    while (reader.next()) {
      lines++;
      try {
        if (!line.rank()) {
          blank++;
          if (table != null) {
            table.addBlank(reader.textBytes());
          }
          continue;
        }
        ranked++;
        rankedBytes += reader.lineEnd() - reader.lineStart();
        for (int i = 0; i < alphas.length; i++) {
          histograms.get(i).add(line.key(alphas[i]));
        }
        if (table != null) {
          table.addRanked(reader.textBytes(), line);
        }
        line.addTo(pool);
        suspect = suspect || checksImages || !isWritable(line);
      } catch (RejectedRecordException e) {
        rejected++;
        if (table != null) {
          table.addRejected(reader.textBytes());
        }
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
        histograms,
        pool);
  }

  /**
   * Counts the keys that a search has not decided yet, where those that the scan found are not at
   * hand.
   *
   * @param scanned what the scan found
   * @throws UserException if the range is not what the scan saw
   */
  public static RankHistogram undecided(
      SourceReader reader, double alpha, RangeTally scanned, CutSearch search) {
    RankHistogram undecided = new RankHistogram();
    forEachKey(
        reader,
        alpha,
        scanned,
        key -> {
          if (search.contains(key)) {
            undecided.add(key);
          }
        });
    return undecided;
  }

  /**
   * A range's answer to the cut, where the keys that its scan found are not at hand.
   *
   * @param scanned what the scan found
   * @throws UserException if the range is not what the scan saw
   */
  public static RangeTally tally(SourceReader reader, double alpha, RangeTally scanned, Cut cut) {
    long[] aboveAndTied = new long[2];
    forEachKey(
        reader,
        alpha,
        scanned,
        key -> {
          aboveAndTied[0] += cut.isAbove(key) ? 1 : 0;
          aboveAndTied[1] += cut.isTied(key) ? 1 : 0;
        });
    return scanned.withKept(aboveAndTied[0], aboveAndTied[1]);
  }

  private static void forEachKey(
      SourceReader reader, double alpha, RangeTally scanned, LongConsumer keys) {
    LineRanker line = new LineRanker(reader);
    while (reader.next()) {
      try {
        if (line.rank()) {
          keys.accept(line.key(alpha));
        }
      } catch (RejectedRecordException e) {
        // counted by the first pass
      }
    }
    reader.requireSame(scanned.bytes(), scanned.crc());
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
