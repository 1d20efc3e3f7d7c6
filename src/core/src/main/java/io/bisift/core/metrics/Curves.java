package io.bisift.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Points to draw.
 *
 * @param roc share of wrong steps taken for right, share of right steps taken for right
 * @param precisionRecall recall, precision of finding right steps
 * @param thresholds from 0 to 1, evenly
 * @param rightByScore right steps in bins of equal width over [0, 1]
 * @param wrongByScore wrong steps in the same bins
 */
public record Curves(
    List<Point> roc,
    List<Point> precisionRecall,
    List<AtThreshold> thresholds,
    List<Long> rightByScore,
    List<Long> wrongByScore) {
  private static final int POINTS = 400;
  private static final int STEPS = 200;
  private static final int BINS = 40;

  /** A point of a curve. */
  public record Point(double x, double y) {}

  /** Figures at one threshold. */
  public record AtThreshold(
      double threshold,
      double microOverSources,
      double pooledMacroF1,
      double f1Positive,
      double f1Negative) {}

  static Curves of(Map<String, LabelledScores> bySource, LabelledScores pooled) {
    return new Curves(
        roc(pooled),
        precisionRecall(pooled),
        thresholds(bySource),
        histogram(pooled, /* right= */ true),
        histogram(pooled, /* right= */ false));
  }

  /** All thresholds' points, thinned to those that are visibly apart. */
  private static List<Point> roc(LabelledScores scores) {
    List<Point> points = new ArrayList<>();
    if (scores.right() == 0 || scores.wrong() == 0) {
      return points;
    }
    long right = scores.right();
    long wrong = scores.wrong();
    points.add(new Point(1, 1));
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      right -= cursor.right();
      wrong -= cursor.wrong();
      thin(
          points,
          new Point((double) wrong / scores.wrong(), (double) right / scores.right()),
          /* last= */ right + wrong == 0);
    }
    return points;
  }

  private static List<Point> precisionRecall(LabelledScores scores) {
    List<Point> points = new ArrayList<>();
    if (scores.right() == 0) {
      return points;
    }
    long right = scores.right();
    long wrong = scores.wrong();
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      thin(
          points,
          new Point((double) right / scores.right(), (double) right / (right + wrong)),
          /* last= */ right == cursor.right() && wrong == cursor.wrong());
      right -= cursor.right();
      wrong -= cursor.wrong();
    }
    return points;
  }

  private static void thin(List<Point> points, Point next, boolean last) {
    Point before = points.isEmpty() ? null : points.get(points.size() - 1);
    if (before == null
        || last
        || Math.abs(next.x - before.x) + Math.abs(next.y - before.y) >= 2.0 / POINTS) {
      points.add(next);
    }
  }

  private static List<AtThreshold> thresholds(Map<String, LabelledScores> bySource) {
    List<AtThreshold> points = new ArrayList<>();
    ThresholdWalk walk = new ThresholdWalk(bySource);
    for (int i = 0; i <= STEPS; i++) {
      double threshold = (double) i / STEPS;
      walk.to(threshold);
      Confusion all = walk.confusions().stream().reduce(Confusion.NONE, Confusion::plus);
      points.add(
          new AtThreshold(
              threshold,
              walk.microOverSources(),
              all.macroF1(),
              all.f1Positive(),
              all.f1Negative()));
    }
    return points;
  }

  private static List<Long> histogram(LabelledScores scores, boolean right) {
    long[] counts = new long[BINS];
    LabelledScores.Cursor cursor = scores.cursor();
    while (cursor.next()) {
      int bin = Math.min(BINS - 1, (int) (cursor.score() * BINS));
      counts[bin] += right ? cursor.right() : cursor.wrong();
    }
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }
}
