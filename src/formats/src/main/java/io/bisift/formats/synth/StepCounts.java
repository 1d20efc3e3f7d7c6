package io.bisift.formats.synth;

/**
 * How many steps the rollouts of a source have: two, and a number that is negative binomial, with
 * the source's mean and a tail of long solutions.
 */
final class StepCounts {
  static final int MIN = 2;
  private static final int MAX = 80;

  /** Variance is mean + mean² / SHAPE. */
  private static final double SHAPE = 6;

  private final double[] cumulative = new double[MAX - MIN];

  StepCounts(double mean) {
    double more = mean - MIN;
    double ratio = more / (SHAPE + more);
    double share = StrictMath.pow(1 - ratio, SHAPE);
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sum += share;
      cumulative[k] = sum;
      share *= ratio * (k + SHAPE) / (k + 1);
    }
  }

  /** Steps of a block's rollouts, so many in all. */
  int[] draw(int rollouts, int total, Draws draws) {
    int[] counts = new int[rollouts];
    double[] levels = draws.stratified(rollouts);
    int sum = 0;
    for (int i = 0; i < rollouts; i++) {
      counts[i] = at(levels[i]);
      sum += counts[i];
    }
    while (sum != total) {
      int i = draws.below(rollouts);
      if (sum < total) {
        counts[i]++;
        sum++;
      } else if (counts[i] > MIN) {
        counts[i]--;
        sum--;
      }
    }
    return counts;
  }

  private int at(double level) {
    int k = 0;
    while (k < cumulative.length - 1 && cumulative[k] <= level) {
      k++;
    }
    return MIN + k;
  }
}
