package io.bisift.core.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Whether the first step below the threshold is the first wrong step, as ProcessBench (arXiv
 * 2412.06559) asks. Neutral steps are passed over; items with no other steps do not count.
 *
 * @param withError items with a wrong step
 * @param located of these, those whose first wrong step is the first below the threshold
 * @param withoutError items all of whose steps are right
 * @param accepted of these, those with no step below the threshold
 * @param accuracyWithError null where there is no such item
 * @param accuracyWithoutError null where there is no such item
 * @param f1 harmonic mean of the two accuracies; null if one is
 */
public record FirstError(
    long withError,
    long located,
    long withoutError,
    long accepted,
    @Nullable Double accuracyWithError,
    @Nullable Double accuracyWithoutError,
    @Nullable Double f1) {

  static FirstError of(long withError, long located, long withoutError, long accepted) {
    Double wrong = withError == 0 ? null : (double) located / withError;
    Double right = withoutError == 0 ? null : (double) accepted / withoutError;
    return new FirstError(
        withError,
        located,
        withoutError,
        accepted,
        wrong,
        right,
        wrong == null || right == null ? null : harmonicMean(wrong, right));
  }

  static double harmonicMean(double a, double b) {
    return a + b == 0 ? 0 : 2 * a * b / (a + b);
  }

  /**
   * The thresholds at which an item comes out well: those above {@code above} and up to {@code
   * upTo}.
   *
   * @param withError whether it has a wrong step
   */
  record Span(boolean withError, double above, double upTo) {
    boolean holds(double threshold) {
      return threshold > above && threshold <= upTo;
    }
  }

  /** The span of an item of a table that has a step. */
  static Span span(ItemTable table, int item) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int step = table.start(item); step < table.end(item); step++) {
      if (!table.isRight(step)) {
        return new Span(true, table.score(step), lowest);
      }
      lowest = Math.min(lowest, table.score(step));
    }
    return new Span(false, Double.NEGATIVE_INFINITY, lowest);
  }
}
