package io.bisift.core.rerank;

import java.util.Locale;

/**
 * Makes one score of a solution out of the scores of its steps. Where logarithms or odds are taken,
 * scores are first moved into [{@value #LEAST}, 1 - {@value #LEAST}], so that no single step makes
 * the sum infinite.
 */
public enum Aggregation {
  /** The paper's. */
  MEAN {
    @Override
    public double of(double[] scores) {
      return sum(scores, score -> score) / scores.length;
    }
  },
  MIN {
    @Override
    public double of(double[] scores) {
      double least = scores[0];
      for (double score : scores) {
        least = Math.min(least, score);
      }
      return least;
    }
  },
  PRODUCT {
    @Override
    public double of(double[] scores) {
      double product = 1;
      for (double score : scores) {
        product *= score;
      }
      return product;
    }
  },
  LAST {
    @Override
    public double of(double[] scores) {
      return scores[scores.length - 1];
    }
  },
  MAX {
    @Override
    public double of(double[] scores) {
      double most = scores[0];
      for (double score : scores) {
        most = Math.max(most, score);
      }
      return most;
    }
  },
  /** Σ ln(s / (1 - s)). */
  SUM_LOGIT {
    @Override
    public double of(double[] scores) {
      return sum(scores, score -> StrictMath.log(inside(score) / (1 - inside(score))));
    }
  },
  /** Σ ln s. */
  SUM_LOG_PROB {
    @Override
    public double of(double[] scores) {
      return sum(scores, score -> StrictMath.log(inside(score)));
    }
  },
  /** Mean of s / (1 - s). */
  MEAN_ODDS {
    @Override
    public double of(double[] scores) {
      return sum(scores, score -> inside(score) / (1 - inside(score))) / scores.length;
    }
  };

  private static final double LEAST = 1e-9;

  /** As it is typed and written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The solution's score: the larger, the better.
   *
   * @param scores of its steps, at least one, each in [0, 1]
   */
  public abstract double of(double[] scores);

  private interface Term {
    double of(double score);
  }

  private static double sum(double[] scores, Term term) {
    double sum = 0;
    for (double score : scores) {
      sum += term.of(score);
    }
    return sum;
  }

  private static double inside(double score) {
    return Math.min(1 - LEAST, Math.max(LEAST, score));
  }
}
