package io.bisift.beam.cut;

import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import java.io.Serializable;

/**
 * What an element of a collection contributes to the hunt for the cut: one key, or those of a whole
 * range.
 */
public interface Ranking<V> extends Serializable {
  /** Adds all of the element's keys. */
  void addAll(V value, RankHistogram histogram);

  /** Adds those that the search has not decided yet. */
  void addUndecided(V value, CutSearch search, RankHistogram histogram);
}
