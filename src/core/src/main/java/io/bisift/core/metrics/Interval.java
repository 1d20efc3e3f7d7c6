package io.bisift.core.metrics;

import java.util.Arrays;

/**
 * Where a figure lies in 95 of 100 resamplings: percentiles of the bootstrap, interpolated linearly
 * between neighbours.
 */
public record Interval(double low, double high) {
  private static final double TAIL = 0.025;

  /**
   * The middle 95 % of some values.
   *
   * @param values at least one; sorted in place
   */
  public static Interval of(double[] values) {
    Arrays.sort(values);
    return new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    double rest = at - below;
    return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
  }
}
