package io.bisift.beam.file;

import io.bisift.beam.cut.Ranking;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The keys of a range: those that its scan counted, or, where it had too many different ones to
 * count exactly, those found by reading the range again.
 */
final class RangeRanking implements Ranking<ScannedRange> {
  private final int alphaIndex;
  private final double alpha;

  /**
   * @param alphaIndex which of the scan's α ranks
   * @param alpha that α
   */
  RangeRanking(int alphaIndex, double alpha) {
    this.alphaIndex = alphaIndex;
    this.alpha = alpha;
  }

  @Override
  public void addAll(ScannedRange range, RankHistogram histogram) {
    histogram.addAll(range.scan().histograms().get(alphaIndex));
  }

  @Override
  public void addUndecided(ScannedRange range, CutSearch search, RankHistogram histogram) {
    RankHistogram counted = range.scan().histograms().get(alphaIndex);
    if (counted.isExact()) {
      search.addUndecided(counted, histogram);
    } else {
      histogram.addAll(readAgain(range, search));
    }
  }

  private RankHistogram readAgain(ScannedRange range, CutSearch search) {
    try (SourceReader reader =
        SourceReader.open(new BeamStorage(), range.source(), range.scan().range(), bytes -> {})) {
      RangeTally scanned = RangeTally.keepingAll(range.scan());
      return RangeScanner.undecided(reader, alpha, scanned, search);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
