package io.bisift.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  @Test
  void roundsAsPythonDoes() {
    assertEquals(1, Thresholds.toUnits(0.00015)); // just below the middle, as a double
    assertEquals(1, Thresholds.toUnits(0.00005)); // just above
    assertEquals(3, Thresholds.toUnits(0.00025));
    assertEquals(312, Thresholds.toUnits(0.03125)); // the middle: to even
    assertEquals(938, Thresholds.toUnits(0.09375)); // 937.5
    assertEquals(10000, Thresholds.toUnits(1));
    assertEquals(0, Thresholds.toUnits(0));
  }

  @Test
  void roundsExactlyWhateverTheDouble() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double score =
          i % 2 == 0
              ? random.nextDouble()
              : (random.nextInt(10_000) + 0.5 + random.nextInt(3) * 1e-13) / 10_000;
      score = Math.min(score, 1);
      int expected =
          new BigDecimal(score).setScale(4, RoundingMode.HALF_EVEN).unscaledValue().intValue();
      assertEquals(expected, Thresholds.toUnits(score));
    }
  }

  /** The reference's loop as its words say it: candidates, thinning, the first of the best. */
  @Test
  void theSweepIsTheReferences() {
    Random random = new Random(2);
    for (int round = 0; round < 6; round++) {
      int steps = new int[] {5, 40, 1500, 3000, 6000, 9000}[round];
      double[] scores = random.doubles(steps).toArray();
      byte[] labels = new byte[steps];
      for (int i = 0; i < steps; i++) {
        labels[i] = (byte) (random.nextDouble() < scores[i] ? 1 : -1);
      }
      ScoreTable table = Tables.of(List.of(new ScoredItem("a", labels, scores)));
      Map<String, LabelledScores> bySource =
          new LinkedHashMap<>(table.exact().sorted().bySource(new boolean[0]));
      TreeSet<Double> distinct = new TreeSet<>();
      for (double score : scores) {
        distinct.add(new BigDecimal(score).setScale(4, RoundingMode.HALF_EVEN).doubleValue());
      }
      List<Double> candidates = new ArrayList<>(distinct);
      int stride = candidates.size() > 1000 ? candidates.size() / 1000 : 1;
      double best = -1;
      double at = 0;
      int tried = 0;
      for (int i = 0; i < candidates.size(); i += stride) {
        double macro = macroF1(labels, scores, candidates.get(i));
        tried++;
        if (macro > best) {
          best = macro;
          at = candidates.get(i);
        }
      }
      Thresholds.Search search = Thresholds.reference(bySource, bySource.get("a"));
      assertEquals(new Thresholds.Best(at, best), search.pooled());
      assertEquals(at, search.microOverSources().threshold());
      assertEquals(tried, search.candidates());
    }
  }

  private static double macroF1(byte[] labels, double[] scores, double threshold) {
    long[] counts = new long[4];
    for (int i = 0; i < labels.length; i++) {
      counts[(labels[i] > 0 ? 0 : 1) + (scores[i] >= threshold ? 0 : 2)]++;
    }
    return new Confusion(counts[0], counts[1], counts[2], counts[3]).macroF1();
  }
}
