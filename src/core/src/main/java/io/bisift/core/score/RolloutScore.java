package io.bisift.core.score;

import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;

/**
 * How much a process reward model can learn from one rollout: the parts of its Balanced-Information
 * Score.
 *
 * <pre>
 *   BIS = (p(1 - p) + α) · R                                         (arXiv:2602.04145)
 *   p = share of steps with score &gt; 0      mixture p(1 - p): largest when half the steps are right
 *   R = mean score of those steps, or 1 if there are none       reliability, in (0, 1]
 * </pre>
 *
 * <p>Only steps with a numeric score count. Sums run left to right in double, uncompensated, so
 * that they round as the reference's do.
 *
 * @param n steps with a score, at least 1
 * @param positive how many of them score above 0
 * @param reliability R
 */
public record RolloutScore(int n, int positive, double reliability) {
  /** The α that a command takes when none is given. */
  public static final double DEFAULT_ALPHA = 0.05;

  public RolloutScore {
    if (n < 1 || positive < 0 || positive > n) {
      throw new IllegalArgumentException(positive + " positive of " + n + " steps");
    }
  }

  public static RolloutScore of(Rollout rollout) {
    double[] scores = new double[rollout.steps().size()];
    int n = 0;
    for (Step step : rollout.steps()) {
      Double score = step.score();
      if (score != null) {
        scores[n++] = score;
      }
    }
    return of(scores, n);
  }

  /**
   * Of a rollout whose steps have the first {@code n} of these scores, each in [0, 1], in order.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static RolloutScore of(double[] scores, int n) {
    int positive = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (scores[i] > 0) {
        positive++;
        sum += scores[i];
      }
    }
    return new RolloutScore(n, positive, positive == 0 ? 1.0 : sum / positive);
  }

  /** p, the share of steps that score above 0. */
  public double positiveShare() {
    return (double) positive / n;
  }

  /** p(1 - p), in [0, 0.25]. */
  public double mixture() {
    double p = positiveShare();
    return p * (1 - p);
  }

  /** Whether right and wrong steps both occur. */
  public boolean mixed() {
    return positive > 0 && positive < n;
  }

  /**
   * The Balanced-Information Score, in [0, 0.25 + α].
   *
   * @param alpha α ≥ 0, which keeps a rollout whose steps all agree from scoring zero
   */
  public double balancedInformation(double alpha) {
    return (mixture() + alpha) * reliability;
  }
}
