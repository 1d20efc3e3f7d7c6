package io.bisift.beam.file;

import io.bisift.beam.cut.Ranking;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The keys of a range: those that its scan counted, or, where it had too many different ones to
 * count exactly, those found by reading the range again.
 */
final class RangeRanking implements Ranking<ScannedRange> {
  private final RunParameters parameters;

  RangeRanking(RunParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public void addAll(ScannedRange range, RankHistogram histogram) {
    histogram.addAll(range.scan().histogram());
  }

  @Override
  public void addUndecided(ScannedRange range, CutSearch search, RankHistogram histogram) {
    RankHistogram counted = range.scan().histogram();
    if (counted.isExact()) {
      search.addUndecided(counted, histogram);
    } else {
      histogram.addAll(readAgain(range, search));
    }
  }

  private RankHistogram readAgain(ScannedRange range, CutSearch search) {
    try (SourceReader reader =
        SourceReader.open(new BeamStorage(), range.source(), range.scan().range(), bytes -> {})) {
      RankHistogram undecided = parameters.scanner().undecided(reader, search);
      reader.requireSame(range.scan().bytes(), range.scan().crc());
      return undecided;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
