package io.bisift.core.training;

import java.io.Serializable;

/**
 * How a step's Monte Carlo score s becomes its label.
 *
 * @param kind {@link Kind#HARD}: 1.0 if s &gt; τ, else 0.0; {@link Kind#SOFT}: s itself
 * @param threshold τ, in [0, 1); unused by soft labels
 */
public record LabelRule(Kind kind, double threshold) implements Serializable {
  /** Hard or soft. */
  public enum Kind {
    HARD,
    SOFT
  }

  public LabelRule {
    if (!(threshold >= 0 && threshold < 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("the threshold must be in [0, 1), was " + threshold);
    }
  }

  public static LabelRule hard(double threshold) {
    return new LabelRule(Kind.HARD, threshold);
  }

  public static LabelRule soft() {
    return new LabelRule(Kind.SOFT, 0);
  }

  public double label(double score) {
    return switch (kind) {
      case HARD -> score > threshold ? 1.0 : 0.0;
      case SOFT -> score;
    };
  }
}
