package io.bisift.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random tables against the definitions, taken by their word. */
class MetricsOracleTest {
  private static final double TOLERANCE = 1e-12;

  /** A step as the definitions have it. */
  private record Step(String source, boolean right, double score) {}

  private static List<Step> steps(List<ScoredItem> items) {
    List<Step> steps = new ArrayList<>();
    for (ScoredItem item : items) {
      for (int i = 0; i < item.steps(); i++) {
        if (item.label(i) != ScoredItem.NEUTRAL) {
          steps.add(new Step(item.source(), item.label(i) == ScoredItem.RIGHT, item.score(i)));
        }
      }
    }
    return steps;
  }

  @Test
  void rankingCalibrationAndThresholdsAreAsDefined() {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      List<ScoredItem> items =
          Tables.random(random, 1 + random.nextInt(40), 1 + random.nextInt(4), 1 + round % 6);
      List<Step> steps = steps(items);
      StepMetrics metrics = evaluate(items, 1 + random.nextInt(5), ThresholdRule.HALF);
      assertEquals(auc(steps), orNaN(metrics.ranking().auc()), TOLERANCE);
      assertEquals(averagePrecision(steps), orNaN(metrics.ranking().averagePrecision()), TOLERANCE);
      assertEquals(
          averagePrecision(mirrored(steps)),
          orNaN(metrics.ranking().averagePrecisionOfErrors()),
          TOLERANCE);
      assertEquals(
          calibrationError(steps),
          orNaN(metrics.calibration().expectedCalibrationError()),
          TOLERANCE);
      if (steps.isEmpty()) {
        assertNull(metrics.optimum());
        assertNull(metrics.autoSearch());
        continue;
      }
      checkOptimum(steps, metrics.optimum());
      checkFirstErrors(items, 0.5, metrics.firstError());
    }
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }

  private static StepMetrics evaluate(List<ScoredItem> items, int bundles, ThresholdRule rule) {
    return Evaluation.of(Tables.bundled(items, bundles), settings(rule), null).metrics();
  }

  private static Evaluation.Settings settings(ThresholdRule rule) {
    return new Evaluation.Settings(rule, 20, 3);
  }

  private static List<Step> mirrored(List<Step> steps) {
    return steps.stream().map(s -> new Step(s.source, !s.right, 1 - s.score)).toList();
  }

  private static double auc(List<Step> steps) {
    double won = 0;
    double pairs = 0;
    for (Step right : steps) {
      for (Step wrong : steps) {
        if (right.right && !wrong.right) {
          pairs++;
          won += right.score > wrong.score ? 1 : right.score == wrong.score ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : won / pairs;
  }

  private static double averagePrecision(List<Step> steps) {
    long all = steps.stream().filter(Step::right).count();
    if (all == 0) {
      return Double.NaN;
    }
    double sum = 0;
    double recallBefore = 0;
    TreeSet<Double> thresholds = new TreeSet<>();
    steps.forEach(step -> thresholds.add(step.score));
    for (double threshold : thresholds.descendingSet()) {
      double taken = steps.stream().filter(s -> s.score >= threshold).count();
      double hits = steps.stream().filter(s -> s.right && s.score >= threshold).count();
      sum += (hits / all - recallBefore) * (hits / taken);
      recallBefore = hits / all;
    }
    return sum;
  }

  private static double calibrationError(List<Step> steps) {
    double error = 0;
    for (int bin = 0; bin < 10; bin++) {
      double from = bin / 10.0;
      double to = bin == 9 ? 1.1 : (bin + 1) / 10.0;
      List<Step> in = steps.stream().filter(s -> s.score >= from && s.score < to).toList();
      double scores = in.stream().mapToDouble(Step::score).sum();
      error += Math.abs(scores - in.stream().filter(Step::right).count());
    }
    return steps.isEmpty() ? Double.NaN : error / steps.size();
  }

  private static void checkOptimum(List<Step> steps, StepMetrics.Optimum actual) {
    TreeSet<Double> candidates = new TreeSet<>();
    steps.forEach(step -> candidates.add(step.score));
    candidates.add(Math.nextUp(candidates.last()));
    double micro = -1;
    double pooled = -1;
    double microAt = 0;
    double pooledAt = 0;
    for (double threshold : candidates) {
      double bySource = microOverSources(steps, threshold);
      if (bySource > micro) {
        micro = bySource;
        microAt = threshold;
      }
      double together = macroF1(steps, threshold);
      if (together > pooled) {
        pooled = together;
        pooledAt = threshold;
      }
    }
    assertEquals(new Thresholds.Best(microAt, micro), actual.bestThresholdMicroOverSources());
    assertEquals(new Thresholds.Best(pooledAt, pooled), actual.bestThresholdPooledMacro());
  }

  private static double microOverSources(List<Step> steps, double threshold) {
    Map<String, List<Step>> bySource = new LinkedHashMap<>();
    steps.forEach(s -> bySource.computeIfAbsent(s.source, key -> new ArrayList<>()).add(s));
    double sum = 0;
    for (List<Step> part : bySource.values()) {
      sum += macroF1(part, threshold) * part.size();
    }
    return sum / steps.size();
  }

  private static double macroF1(List<Step> steps, double threshold) {
    return (f1(steps, true, threshold) + f1(steps, false, threshold)) / 2;
  }

  private static double f1(List<Step> steps, boolean kind, double threshold) {
    double hits = 0;
    double errors = 0;
    for (Step step : steps) {
      boolean taken = step.score >= threshold == kind;
      boolean is = step.right == kind;
      hits += taken && is ? 1 : 0;
      errors += taken != is ? 1 : 0;
    }
    return 2 * hits + errors == 0 ? 0 : 2 * hits / (2 * hits + errors);
  }

  private static void checkFirstErrors(
      List<ScoredItem> items, double threshold, FirstError actual) {
    long withError = 0;
    long located = 0;
    long withoutError = 0;
    long accepted = 0;
    for (ScoredItem item : items) {
      int first = -1;
      int below = -1;
      int counted = 0;
      for (int i = item.steps() - 1; i >= 0; i--) {
        if (item.label(i) != ScoredItem.NEUTRAL) {
          counted++;
          first = item.label(i) == ScoredItem.WRONG ? i : first;
          below = item.score(i) < threshold ? i : below;
        }
      }
      if (counted > 0 && first >= 0) {
        withError++;
        located += first == below ? 1 : 0;
      } else if (counted > 0) {
        withoutError++;
        accepted += below < 0 ? 1 : 0;
      }
    }
    assertEquals(withError, actual.withError());
    assertEquals(located, actual.located());
    assertEquals(withoutError, actual.withoutError());
    assertEquals(accepted, actual.accepted());
  }

  /** Every fold's items are judged at the optimum over the others. */
  @Test
  void foldsAreJudgedByOthers() {
    Random random = new Random(5);
    List<ScoredItem> items = Tables.random(random, 80, 3, 3);
    ThresholdRule rule = ThresholdRule.kfold(4);
    ItemTable table = Tables.of(items).exact().sorted();
    int[] foldOf = Folds.of(table, 4, 3);
    List<Double> thresholds = new ArrayList<>();
    for (int fold = 0; fold < 4; fold++) {
      List<ScoredItem> others = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        if (foldOf[i] != fold) {
          others.add(items.get(i));
        }
      }
      long all = items.stream().filter(MetricsOracleTest::counts).count();
      long most = others.stream().filter(MetricsOracleTest::counts).count();
      assertEquals(0.75 * (double) all, (double) most, 3);
      thresholds.add(
          evaluate(others, 1, ThresholdRule.HALF)
              .optimum()
              .bestThresholdMicroOverSources()
              .threshold());
    }
    StepMetrics metrics = evaluate(items, 6, rule);
    assertEquals(thresholds, metrics.threshold().folds());
    assertNull(metrics.overall().thresholdUsed());
    double right = 0;
    for (int i = 0; i < items.size(); i++) {
      for (int step = 0; step < items.get(i).steps(); step++) {
        boolean taken = items.get(i).score(step) >= thresholds.get(foldOf[i]);
        right += taken && items.get(i).label(step) == ScoredItem.RIGHT ? 1 : 0;
      }
    }
    assertEquals(
        right, metrics.perSource().values().stream().mapToDouble(s -> s.counts().tpPos()).sum());
  }

  private static boolean counts(ScoredItem item) {
    return !steps(List.of(item)).isEmpty();
  }

  @Test
  void aThresholdFromElsewhereIsTheOtherSetsOptimum() {
    Random random = new Random(6);
    List<ScoredItem> items = Tables.random(random, 50, 3, 3);
    List<ScoredItem> other = Tables.random(random, 50, 3, 3);
    double expected =
        evaluate(other, 1, ThresholdRule.HALF)
            .optimum()
            .bestThresholdMicroOverSources()
            .threshold();
    StepMetrics metrics =
        Evaluation.of(
                Tables.of(items),
                settings(ThresholdRule.of(ThresholdRule.Kind.CALIBRATION)),
                Tables.of(other))
            .metrics();
    assertEquals(expected, metrics.overall().thresholdUsed());
  }

  /** Bundles, order and the form that travels make no difference to any figure. */
  @Test
  void bundlesDoNotMatter() {
    Random random = new Random(7);
    for (int mostExact : new int[] {ScoreTable.MOST_EXACT_STEPS, 100}) {
      List<ScoredItem> items = Tables.random(random, 120, 4, 9);
      Evaluation.Settings settings = settings(ThresholdRule.of(ThresholdRule.Kind.OPTIMUM));
      Evaluation one = Evaluation.of(Tables.bundled(items, 1, mostExact), settings, null);
      for (int bundles : new int[] {2, 5, 30}) {
        assertEquals(one, Evaluation.of(Tables.bundled(items, bundles, mostExact), settings, null));
      }
    }
  }

  /** Beyond the bound: the same as if every score had been rounded down first. */
  @Test
  void manyStepsAreRoundedAndSaidToBe() {
    Random random = new Random(8);
    for (int round = 0; round < 20; round++) {
      List<ScoredItem> items = Tables.random(random, 60, 3, 8);
      List<ScoredItem> rounded = new ArrayList<>();
      for (ScoredItem item : items) {
        byte[] labels = new byte[item.steps()];
        double[] scores = new double[item.steps()];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = item.label(i);
          scores[i] = Math.floor(item.score(i) * 65536) / 65536;
        }
        rounded.add(new ScoredItem(item.source(), labels, scores));
      }
      ThresholdRule rule = ThresholdRule.fixed(random.nextInt(65537) / 65536.0);
      Evaluation.Settings settings = new Evaluation.Settings(rule, 0, 0);
      StepMetrics binned = Evaluation.of(Tables.bundled(items, 3, 20), settings, null).metrics();
      assertEquals("scores rounded down to multiples of 2^-16", binned.scores());
      StepMetrics wanted = Evaluation.of(Tables.of(rounded), settings, null).metrics();
      assertEquals(wanted.perSource(), binned.perSource());
      assertEquals(wanted.overall(), binned.overall());
      assertEquals(wanted.firstError(), binned.firstError());
      assertEquals(wanted.optimum(), binned.optimum());
      assertEquals(wanted.autoSearch(), binned.autoSearch());
      assertEquals(wanted.calibration(), binned.calibration());
      assertEquals(wanted.ranking(), binned.ranking());
      // such thresholds tell unrounded scores apart just as well
      StepMetrics exact = Evaluation.of(Tables.of(items), settings, null).metrics();
      assertEquals(exact.overall(), binned.overall());
      assertEquals(exact.firstError(), binned.firstError());
    }
  }
}
