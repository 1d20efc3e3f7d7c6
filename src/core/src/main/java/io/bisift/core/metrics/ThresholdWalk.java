package io.bisift.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What steps are taken for while the threshold rises: one pass over all scores whatever the number
 * of thresholds. Sources keep their order, in which sums over them run. Not thread-safe.
 */
final class ThresholdWalk {
  private final List<Place> places = new ArrayList<>();
  private final long steps;

  ThresholdWalk(Map<String, LabelledScores> bySource) {
    bySource.values().forEach(scores -> places.add(new Place(scores)));
    steps = bySource.values().stream().mapToLong(LabelledScores::steps).sum();
  }

  /** One source's counts at the current threshold. */
  private static final class Place {
    private final LabelledScores.Cursor cursor;
    private final long steps;
    private boolean more;
    private long rightAsRight;
    private long wrongAsRight;
    private long rightAsWrong;
    private long wrongAsWrong;
    private double macroF1;

    Place(LabelledScores scores) {
      cursor = scores.cursor();
      steps = scores.steps();
      more = cursor.next();
      rightAsRight = scores.right();
      wrongAsRight = scores.wrong();
      rate();
    }

    private void rate() {
      macroF1 = Confusion.macroF1(rightAsRight, wrongAsRight, rightAsWrong, wrongAsWrong);
    }

    void rise(double threshold) {
      if (!more || cursor.score() >= threshold) {
        return;
      }
      do {
        rightAsRight -= cursor.right();
        rightAsWrong += cursor.right();
        wrongAsRight -= cursor.wrong();
        wrongAsWrong += cursor.wrong();
        more = cursor.next();
      } while (more && cursor.score() < threshold);
      rate();
    }

    Confusion confusion() {
      return new Confusion(rightAsRight, wrongAsRight, rightAsWrong, wrongAsWrong);
    }
  }

  /** Raises the threshold to a value not below the one before. */
  ThresholdWalk to(double threshold) {
    for (Place place : places) {
      place.rise(threshold);
    }
    return this;
  }

  /** The step-weighted mean of the sources' macro-F1; 0 if there are no steps. */
  double microOverSources() {
    double sum = 0.0;
    for (Place place : places) {
      sum += place.macroF1 * place.steps;
    }
    return steps > 0 ? sum / steps : 0.0;
  }

  /** Macro-F1 of all steps together. */
  double pooledMacroF1() {
    long rightAsRight = 0;
    long wrongAsRight = 0;
    long rightAsWrong = 0;
    long wrongAsWrong = 0;
    for (Place place : places) {
      rightAsRight += place.rightAsRight;
      wrongAsRight += place.wrongAsRight;
      rightAsWrong += place.rightAsWrong;
      wrongAsWrong += place.wrongAsWrong;
    }
    return Confusion.macroF1(rightAsRight, wrongAsRight, rightAsWrong, wrongAsWrong);
  }

  /** By source, in their order. */
  List<Confusion> confusions() {
    return places.stream().map(Place::confusion).toList();
  }
}
