package io.bisift.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoredItemTest {
  @Test
  void saysWhatIsWrong() {
    assertEquals("1 scores for 2 labels", defect(new byte[] {1, 1}, 0.5));
    assertEquals(
        "the score of step 2 is NaN, not in [0, 1]", defect(new byte[] {1, 1}, 0.5, Double.NaN));
    assertEquals("the score of step 1 is 1.5, not in [0, 1]", defect(new byte[] {1}, 1.5));
    assertEquals("the score of step 1 is -0.1, not in [0, 1]", defect(new byte[] {1}, -0.1));
    assertEquals(
        "the score of step 1 is Infinity, not in [0, 1]",
        defect(new byte[] {1}, Double.POSITIVE_INFINITY));
    assertEquals("the label of step 1 is 2, not 1, 0 or -1", defect(new byte[] {2}, 0.5));
    assertNull(defect(new byte[] {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ScoredItem("a", new byte[] {1}, new double[] {2}));
  }

  private static String defect(byte[] labels, double... scores) {
    return ScoredItem.defect(labels, scores);
  }

  @Test
  void twoItemsAtOnePlaceAreAMistake() {
    ScoreTable table = new ScoreTable();
    ScoredItem item = new ScoredItem("a", new byte[] {1}, new double[] {0.5});
    table.add(3, item);
    table.add(3, item);
    Evaluation.Settings settings = new Evaluation.Settings(ThresholdRule.HALF, 0, 0);
    assertThrows(IllegalStateException.class, () -> Evaluation.of(table, settings, null));
  }

  /** Intervals hold the figure, narrow with more items, and come out the same again. */
  @Test
  void intervalsAreRepeatable() {
    Random random = new Random(4);
    List<ScoredItem> few = Tables.random(random, 50, 3, 6);
    List<ScoredItem> many = Tables.random(random, 2000, 3, 6);
    Evaluation.Settings settings = new Evaluation.Settings(ThresholdRule.HALF, 200, 9);
    StepMetrics small = Evaluation.of(Tables.of(few), settings, null).metrics();
    StepMetrics large = Evaluation.of(Tables.of(many), settings, null).metrics();
    assertEquals(small, Evaluation.of(Tables.of(few), settings, null).metrics());
    for (StepMetrics metrics : List.of(small, large)) {
      holds(metrics.intervals().microOverSources(), metrics.overall().microOverSources());
      holds(metrics.intervals().macroF1Pooled(), metrics.overall().macroF1Pooled());
      holds(metrics.intervals().auc(), metrics.ranking().auc());
      holds(metrics.intervals().firstErrorF1(), metrics.firstError().f1());
    }
    double narrowing =
        width(small.intervals().microOverSources()) / width(large.intervals().microOverSources());
    assertEquals(Math.sqrt(40), narrowing, 3);
  }

  private static void holds(Interval interval, double figure) {
    assertTrue(interval.low() <= figure && figure <= interval.high(), interval + "");
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}
