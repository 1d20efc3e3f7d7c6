package io.bisift.core.metrics;

/**
 * Steps by what they are and what they are taken for; a step is taken for right if its score
 * reaches the threshold.
 *
 * @param rightAsRight right steps taken for right
 * @param wrongAsRight wrong steps taken for right
 * @param rightAsWrong right steps taken for wrong
 * @param wrongAsWrong wrong steps taken for wrong
 */
public record Confusion(
    long rightAsRight, long wrongAsRight, long rightAsWrong, long wrongAsWrong) {
  public static final Confusion NONE = new Confusion(0, 0, 0, 0);

  public Confusion plus(Confusion other) {
    return new Confusion(
        rightAsRight + other.rightAsRight,
        wrongAsRight + other.wrongAsRight,
        rightAsWrong + other.rightAsWrong,
        wrongAsWrong + other.wrongAsWrong);
  }

  public long steps() {
    return rightAsRight + wrongAsRight + rightAsWrong + wrongAsWrong;
  }

  /** F1 of finding right steps; 0 where nothing is right and nothing is taken for it. */
  public double f1Positive() {
    return f1(rightAsRight, wrongAsRight, rightAsWrong);
  }

  /** F1 of finding wrong steps; 0 where nothing is wrong and nothing is taken for it. */
  public double f1Negative() {
    return f1(wrongAsWrong, rightAsWrong, wrongAsRight);
  }

  /** Mean of the two. */
  public double macroF1() {
    return macroF1(rightAsRight, wrongAsRight, rightAsWrong, wrongAsWrong);
  }

  static double macroF1(
      long rightAsRight, long wrongAsRight, long rightAsWrong, long wrongAsWrong) {
    return (f1(rightAsRight, wrongAsRight, rightAsWrong)
            + f1(wrongAsWrong, rightAsWrong, wrongAsRight))
        / 2.0;
  }

  private static double f1(long hits, long falseAlarms, long misses) {
    long all = 2 * hits + falseAlarms + misses;
    return all > 0 ? (double) (2 * hits) / all : 0.0;
  }
}
