package io.bisift.core.metrics;

import io.bisift.core.stats.ExactSum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a score of 0.8 means that four steps in five are right.
 *
 * @param bins of equal width; a score on an edge belongs to the bin above, 1 to the last
 * @param expectedCalibrationError mean over steps of the distance between a bin's mean score and
 *     its share of right steps; null if there are no steps
 */
public record Calibration(List<Bin> bins, @Nullable Double expectedCalibrationError) {
  private static final int COUNT = 10;

  /**
   * @param from lower edge
   * @param to upper edge
   * @param meanScore null where there are no steps
   * @param shareRight null where there are no steps
   */
  public record Bin(
      double from,
      double to,
      long steps,
      @Nullable Double meanScore,
      @Nullable Double shareRight) {}

  public static Calibration of(LabelledScores scores) {
    ExactSum[] sums = new ExactSum[COUNT];
    long[] right = new long[COUNT];
    long[] steps = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sums[i] = new ExactSum();
    }
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      int bin = bin(cursor.score());
      long count = cursor.right() + cursor.wrong();
      sums[bin].add(cursor.score(), count);
      right[bin] += cursor.right();
      steps[bin] += count;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < COUNT; i++) {
      boolean empty = steps[i] == 0;
      double mean = sums[i].mean(steps[i]);
      double share = empty ? 0 : (double) right[i] / steps[i];
      error += Math.abs(mean - share) * steps[i];
      bins.add(
          new Bin(
              (double) i / COUNT,
              (double) (i + 1) / COUNT,
              steps[i],
              empty ? null : mean,
              empty ? null : share));
    }
    return new Calibration(bins, scores.steps() == 0 ? null : error / scores.steps());
  }

  /** The bin whose lower edge i / 10, as a double, is the largest not above the score. */
  private static int bin(double score) {
    int bin = Math.min(COUNT - 1, (int) (score * COUNT));
    if (bin < COUNT - 1 && score >= (double) (bin + 1) / COUNT) {
      return bin + 1;
    }
    return score < (double) bin / COUNT ? bin - 1 : bin;
  }
}
