package io.bisift.core.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What two evaluations of the same items differ by, and how sure that is: each source's items are
 * drawn with replacement, the same ones for both, thresholds held. The same for the same seed.
 */
public final class PairedBootstrap {
  private final int replicates;
  private final long seed;

  /**
   * One evaluation's items: what their steps are taken for at its threshold, by id, in any order.
   *
   * @param source by id
   */
  public record Side(Map<String, String> source, Map<String, Confusion> confusion) {}

  /**
   * A figure's difference, second minus first.
   *
   * @param interval 95 %
   * @param share of resamplings in which the second is better; ties count half
   */
  public record Difference(double value, @Nullable Interval interval, @Nullable Double share) {}

  /**
   * @param items that both have
   * @param microOverSources step-weighted mean of the sources' macro-F1
   * @param pooledMacroF1 of all steps together
   */
  public record Differences(long items, Difference microOverSources, Difference pooledMacroF1) {}

  /**
   * @param replicates at least 1
   */
  public PairedBootstrap(int replicates, long seed) {
    this.replicates = replicates;
    this.seed = seed;
  }

  /** Compares two evaluations over the items that both have. */
  public Differences of(Side first, Side second) {
    Map<String, List<String>> bySource = new TreeMap<>();
    new TreeMap<>(first.source)
        .forEach(
            (id, source) -> {
              if (source.equals(second.source.get(id))) {
                bySource.computeIfAbsent(source, key -> new ArrayList<>()).add(id);
              }
            });
    Map<String, Confusion[]> pairs = new LinkedHashMap<>();
    bySource.forEach(
        (source, ids) ->
            pairs.put(
                source,
                ids.stream()
                    .flatMap(id -> Stream.of(first.confusion.get(id), second.confusion.get(id)))
                    .toArray(Confusion[]::new)));
    double[] whole = differences(pairs, null);
    double[][] drawn =
        IntStream.range(0, replicates)
            .parallel()
            .mapToObj(replicate -> differences(pairs, Draws.of(seed, replicate)))
            .toArray(double[][]::new);
    long items = bySource.values().stream().mapToLong(List::size).sum();
    return new Differences(items, difference(whole[0], drawn, 0), difference(whole[1], drawn, 1));
  }

  private static Difference difference(double value, double[][] drawn, int index) {
    double[] values = Arrays.stream(drawn).mapToDouble(one -> one[index]).toArray();
    if (values.length == 0) {
      return new Difference(value, null, null);
    }
    double better = 0;
    for (double one : values) {
      better += one > 0 ? 1 : one == 0 ? 0.5 : 0;
    }
    return new Difference(value, Interval.of(values), better / values.length);
  }

  /** Second minus first: mean over sources, pooled. */
  private static double[] differences(Map<String, Confusion[]> pairs, @Nullable Draws draws) {
    double[] micro = new double[2];
    Confusion[] pooled = {Confusion.NONE, Confusion.NONE};
    for (Confusion[] items : pairs.values()) {
      int count = items.length / 2;
      Confusion[] sums = {Confusion.NONE, Confusion.NONE};
      for (int i = 0; i < count; i++) {
        int item = draws == null ? i : draws.below(count);
        sums[0] = sums[0].plus(items[2 * item]);
        sums[1] = sums[1].plus(items[2 * item + 1]);
      }
      for (int side = 0; side < 2; side++) {
        micro[side] += sums[side].macroF1() * sums[side].steps();
        pooled[side] = pooled[side].plus(sums[side]);
      }
    }
    long steps = Math.max(1, pooled[0].steps());
    return new double[] {(micro[1] - micro[0]) / steps, pooled[1].macroF1() - pooled[0].macroF1()};
  }
}
