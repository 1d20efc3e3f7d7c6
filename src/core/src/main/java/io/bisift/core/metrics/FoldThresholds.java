package io.bisift.core.metrics;

import java.util.List;

/**
 * The threshold that a {@link ThresholdRule.Kind#KFOLD} evaluation judged each item by: folds are
 * dealt by seed and order alone, so whoever has the items can deal them again.
 */
public final class FoldThresholds {
  private final ItemTable items;
  private final int[] foldOf;
  private final List<Double> thresholds;

  /**
   * @param table all items of the evaluation
   * @param thresholds by fold
   * @param seed of the evaluation
   * @throws IllegalArgumentException if there are too many items to have been dealt
   */
  public FoldThresholds(ScoreTable table, List<Double> thresholds, long seed) {
    ItemTable exact = table.exact();
    if (exact == null) {
      throw new IllegalArgumentException("too many items for folds");
    }
    this.items = exact.sorted();
    this.foldOf = Folds.of(items, thresholds.size(), seed);
    this.thresholds = List.copyOf(thresholds);
  }

  /**
   * The threshold of an item of the table.
   *
   * @param place as it was added
   */
  public double of(long place) {
    int low = 0;
    int high = items.items() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (items.place(middle) < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return thresholds.get(foldOf[low]);
  }
}
