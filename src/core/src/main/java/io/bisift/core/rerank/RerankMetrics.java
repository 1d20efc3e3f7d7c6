package io.bisift.core.rerank;

import io.bisift.core.metrics.Draws;
import io.bisift.core.metrics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What reranking found: the share of problems with a right answer, by the number of candidates that
 * are chosen from.
 *
 * @param problems how many
 * @param candidates of all problems
 * @param fewest candidates of a problem
 * @param most candidates of a problem
 * @param curves by aggregation, and {@code pass} and {@code majority} (where answers are known)
 */
public record RerankMetrics(
    long problems, long candidates, int fewest, int most, Map<String, List<At>> curves) {
  /**
   * A point of a curve.
   *
   * @param n candidates to choose from; a problem with fewer counts with all it has
   * @param accuracy mean over problems, in [0, 1]
   * @param interval 95 %, by resampling problems; null without resamplings
   */
  public record At(int n, double accuracy, @Nullable Interval interval) {}

  /**
   * Adds up problems.
   *
   * @param unordered all problems
   * @param replicates of the bootstrap; 0: no intervals
   */
  public static RerankMetrics of(List<ProblemChances> unordered, int replicates, long seed) {
    List<ProblemChances> problems = new ArrayList<>(unordered);
    problems.sort(Comparator.comparingLong(ProblemChances::place));
    int most = problems.stream().mapToInt(ProblemChances::candidates).max().orElse(0);
    int fewest = problems.stream().mapToInt(ProblemChances::candidates).min().orElse(0);
    Map<String, List<At>> curves = new LinkedHashMap<>();
    if (!problems.isEmpty()) {
      Summary summary = new Summary(problems, most, replicates, seed);
      Aggregation[] aggregations = Aggregation.values();
      for (int i = 0; i < aggregations.length; i++) {
        int index = i;
        curves.put(aggregations[i].word(), summary.curve(at -> at.best().get(index)));
      }
      curves.put("pass", summary.curve(ProblemChances.At::pass));
      boolean answers =
          problems.stream().noneMatch(problem -> Double.isNaN(problem.at(1).majority()));
      if (answers) {
        curves.put("majority", summary.curve(ProblemChances.At::majority));
      }
    }
    long candidates = problems.stream().mapToLong(ProblemChances::candidates).sum();
    return new RerankMetrics(problems.size(), candidates, fewest, most, curves);
  }

  private record Summary(List<ProblemChances> problems, int most, int replicates, long seed) {
    List<At> curve(ToDoubleFunction<ProblemChances.At> value) {
      List<At> curve = new ArrayList<>();
      for (int n : ProblemChances.counts(most)) {
        double[] values =
            problems.stream().mapToDouble(problem -> value.applyAsDouble(problem.at(n))).toArray();
        curve.add(new At(n, mean(values), interval(values)));
      }
      return curve;
    }

    private static double mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }

    /** All curves and points are resampled alike, so that they may be compared. */
    private @Nullable Interval interval(double[] values) {
      if (replicates == 0) {
        return null;
      }
      double[] means =
          IntStream.range(0, replicates)
              .parallel()
              .mapToDouble(
                  replicate -> {
                    Draws draws = Draws.of(seed, replicate);
                    double sum = 0;
                    for (int i = 0; i < values.length; i++) {
                      sum += values[draws.below(values.length)];
                    }
                    return sum / values.length;
                  })
              .toArray();
      return Interval.of(means);
    }
  }
}
