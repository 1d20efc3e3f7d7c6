package io.bisift.core.metrics;

import io.bisift.core.UserException;
import java.io.Serializable;
import java.util.Locale;

/**
 * How the threshold comes about at which steps are judged.
 *
 * @param value of {@link Kind#FIXED} only; in [0, 1]
 * @param folds of {@link Kind#KFOLD} only; at least 2
 */
public record ThresholdRule(Kind kind, double value, int folds) implements Serializable {
  public static final ThresholdRule HALF = new ThresholdRule(Kind.FIXED, 0.5, 0);

  /** Where it comes from. */
  public enum Kind {
    /** It is given. */
    FIXED,
    /** By the reference's sweep over the very scores that are judged. */
    REFERENCE,
    /** The best of all over the very scores that are judged. */
    OPTIMUM,
    /** Each part of the items is judged at the optimum over the other parts. */
    KFOLD,
    /** The optimum over a set of its own. */
    CALIBRATION;

    /** As it is typed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws UserException if a value makes no sense
   */
  public ThresholdRule {
    if (kind == Kind.FIXED && !(value >= 0 && value <= 1)) { // written so that NaN fails too
      throw UserException.usage("--threshold must be between 0 and 1, was " + value);
    }
    if (kind == Kind.KFOLD && folds < 2) {
      throw UserException.usage("--folds must be at least 2, was " + folds);
    }
  }

  public static ThresholdRule fixed(double value) {
    return new ThresholdRule(Kind.FIXED, value, 0);
  }

  public static ThresholdRule kfold(int folds) {
    return new ThresholdRule(Kind.KFOLD, 0, folds);
  }

  public static ThresholdRule of(Kind kind) {
    return new ThresholdRule(kind, 0, 0);
  }
}
