package io.bisift.core.metrics;

import java.util.OptionalDouble;

/** How well scores rank right steps above wrong ones, whatever the threshold. */
public final class Ranking {
  private Ranking() {}

  /**
   * Area under the ROC curve: the chance that a right step scores above a wrong one, a tie counting
   * half. Counted in whole numbers, rounded once.
   *
   * @return nothing if there are steps of one kind only
   */
  public static OptionalDouble auc(LabelledScores scores) {
    if (scores.right() == 0 || scores.wrong() == 0) {
      return OptionalDouble.empty();
    }
    long twice = 0; // pairs won, twice; below 2^63 up to four billion steps
    long below = 0;
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      twice += cursor.right() * (2 * below + cursor.wrong());
      below += cursor.wrong();
    }
    return OptionalDouble.of((double) twice / 2 / ((double) scores.right() * scores.wrong()));
  }

  /**
   * Average precision of finding right steps from the highest score down: the sum of precision ×
   * gain in recall, without interpolation.
   *
   * @return nothing if no step is right
   */
  public static OptionalDouble averagePrecision(LabelledScores scores) {
    if (scores.right() == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    long right = scores.right();
    long wrong = scores.wrong();
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      if (cursor.right() > 0) {
        sum += (double) right / (right + wrong) * cursor.right();
      }
      right -= cursor.right();
      wrong -= cursor.wrong();
    }
    return OptionalDouble.of(sum / scores.right());
  }

  /**
   * Average precision of finding wrong steps from the lowest score up.
   *
   * @return nothing if no step is wrong
   */
  public static OptionalDouble averagePrecisionOfErrors(LabelledScores scores) {
    if (scores.wrong() == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    long right = 0;
    long wrong = 0;
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      right += cursor.right();
      wrong += cursor.wrong();
      if (cursor.wrong() > 0) {
        sum += (double) wrong / (right + wrong) * cursor.wrong();
      }
    }
    return OptionalDouble.of(sum / scores.wrong());
  }
}
