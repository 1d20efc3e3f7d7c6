package io.bisift.trainer.loop;

import io.bisift.trainer.config.RunOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model is worth on held-out steps. A step is called right at a score of 0.5 and above.
 *
 * @param steps how many
 * @param loss mean over steps
 * @param accuracy share of steps judged rightly
 * @param macroF1 mean of the F1 of right and of wrong steps, each 0 where it is undefined
 * @param auc chance that a right step has a higher score than a wrong one; NaN with one kind only
 */
record Metrics(int steps, double loss, double accuracy, double macroF1, double auc) {

  /**
   * Works the metrics out.
   *
   * @param right whether each step is right
   * @param scores of each step
   */
  static Metrics of(double loss, List<Boolean> right, List<Double> scores) {
    long hits = 0;
    long[][] counts = new long[2][2]; // [right][judged right]
    for (int i = 0; i < right.size(); i++) {
      int truth = right.get(i) ? 1 : 0;
      int judged = scores.get(i) >= 0.5 ? 1 : 0;
      counts[truth][judged]++;
      hits += truth == judged ? 1 : 0;
    }
    double macroF1 =
        (f1(counts[1][1], counts[0][1], counts[1][0])
                + f1(counts[0][0], counts[1][0], counts[0][1]))
            / 2;
    return new Metrics(
        right.size(), loss, (double) hits / right.size(), macroF1, auc(right, scores));
  }

  private static double f1(long hit, long wrong, long missed) {
    return hit == 0 ? 0 : 2.0 * hit / (2.0 * hit + wrong + missed);
  }

  /** By ranks, ties counting half. */
  private static double auc(List<Boolean> right, List<Double> scores) {
    int[] order =
        IntStream.range(0, scores.size())
            .boxed()
            .sorted((a, b) -> Double.compare(scores.get(a), scores.get(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    double ranks = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && scores.get(order[to]).equals(scores.get(order[from]))) {
        to++;
      }
      for (int at = from; at < to; at++) {
        if (right.get(order[at])) {
          ranks += (from + to + 1) / 2.0;
          positives++;
        }
      }
      from = to;
    }
    long negatives = order.length - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (ranks - positives * (positives + 1) / 2.0) / positives / negatives;
  }

  /** One of them such that lower is better. */
  double score(RunOptions.Metric by) {
    return switch (by) {
      case LOSS -> loss;
      case ACCURACY -> -accuracy;
      case MACRO_F1 -> -macroF1;
      case AUC -> -auc;
    };
  }

  /** All that are numbers, by name. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", loss);
    values.put("accuracy", accuracy);
    values.put("macro_f1", macroF1);
    if (!Double.isNaN(auc)) {
      values.put("auc", auc);
    }
    values.put("steps", (double) steps);
    return values;
  }
}
