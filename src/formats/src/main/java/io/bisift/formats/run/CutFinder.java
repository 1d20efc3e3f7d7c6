package io.bisift.formats.run;

import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.select.TopFraction;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where a set is cut, and what each range has above the cut and at it. */
final class CutFinder {
  private final FirstPass pass;
  private final double alpha;
  private final int alphaIndex;
  private final Workers workers;

  /**
   * @param alphaIndex which of the group's α ranks
   */
  CutFinder(FirstPass pass, double alpha, int alphaIndex, Workers workers) {
    this.pass = pass;
    this.alpha = alpha;
    this.alphaIndex = alphaIndex;
    this.workers = workers;
  }

  /** The cut of each source; a source without rollouts has none, and keeps all. */
  List<Cut> cuts(TopFraction fraction) throws IOException {
    List<@Nullable CutSearch> searches = new ArrayList<>();
    for (int source = 0; source < pass.sources().size(); source++) {
      RankHistogram keys = pass.histogram(source, alphaIndex);
      searches.add(
          keys.total() == 0
              ? null
              : CutSearch.forBest(fraction.of(keys.total()), keys.total()).narrow(keys));
    }
    while (searches.stream().anyMatch(CutFinder::isOpen)) {
      narrow(searches);
    }
    return searches.stream().map(search -> search == null ? Cut.KEEP_ALL : search.cut()).toList();
  }

  private static boolean isOpen(@Nullable CutSearch search) {
    return search != null && !search.isOver();
  }

  /** One more round, for all sources that need it. */
  private void narrow(List<@Nullable CutSearch> searches) throws IOException {
    RankHistogram[] undecided = new RankHistogram[searches.size()];
    Arrays.setAll(undecided, source -> new RankHistogram());
    List<SeenRange> open =
        pass.ranges().stream().filter(range -> isOpen(searches.get(source(range)))).toList();
    workers.forEach(
        open,
        range -> {
          RankHistogram found = undecided(range, searches.get(source(range)));
          synchronized (undecided[source(range)]) {
            undecided[source(range)].addAll(found);
          }
        });
    for (int source = 0; source < undecided.length; source++) {
      CutSearch search = searches.get(source);
      if (isOpen(search)) {
        searches.set(source, search.narrow(undecided[source]));
      }
    }
  }

  private static int source(SeenRange range) {
    return range.scanned().range().source();
  }

  private RankHistogram undecided(SeenRange range, CutSearch search) throws IOException {
    if (range.hasKeys()) {
      return range.undecided(alphaIndex, search);
    }
    try (SourceReader reader = pass.open(range)) {
      return RangeScanner.undecided(reader, alpha, range.scanned(), search);
    }
  }

  /**
   * How many records each range has above its source's cut and at it.
   *
   * @param cuts by source index
   */
  List<RangeTally> tallies(List<Cut> cuts) throws IOException {
    List<SeenRange> ranges = pass.ranges();
    RangeTally[] tallies = new RangeTally[ranges.size()];
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < tallies.length; i++) {
      Cut cut = cuts.get(source(ranges.get(i)));
      if (cut.equals(Cut.KEEP_ALL)) {
        tallies[i] = ranges.get(i).scanned();
      } else if (ranges.get(i).hasKeys()) {
        tallies[i] = ranges.get(i).under(cut, alphaIndex);
      } else {
        unknown.add(i);
      }
    }
    workers.forEach(
        unknown,
        i -> {
          SeenRange range = ranges.get(i);
          try (SourceReader reader = pass.open(range)) {
            Cut cut = cuts.get(source(range));
            tallies[i] = RangeScanner.tally(reader, alpha, range.scanned(), cut);
          }
        });
    return List.of(tallies);
  }
}
