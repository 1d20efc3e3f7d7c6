package io.bisift.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Intervals by resampling whole items, since the steps of one are not independent: each source's
 * items are drawn with replacement, as many as there are. Where a source has more than {@value
 * #MOST_UNITS} items they are dealt into that many groups at random, and groups are drawn, which
 * costs the interval a hundredth of its accuracy. The same for the same seed.
 */
final class Bootstrap {
  private static final int MOST_UNITS = 4096;

  /** Ranking quality looks at no more steps than this in all. */
  private static final long MOST_RANKED = 500_000_000L;

  // what is summed of a unit: its confusion, then its items by their first error
  private static final int RIGHT_AS_RIGHT = 0;
  private static final int WRONG_AS_RIGHT = 1;
  private static final int RIGHT_AS_WRONG = 2;
  private static final int WRONG_AS_WRONG = 3;
  private static final int WITH_ERROR = 4;
  private static final int LOCATED = 5;
  private static final int WITHOUT_ERROR = 6;
  private static final int ACCEPTED = 7;
  private static final int CELLS = 8;

  private final ItemTable table;
  private final int replicates;
  private final long seed;

  /** The unit of each item among its source's. */
  private final int[] unitOf;

  /** How many units each source has. */
  private final int[] units;

  Bootstrap(ItemTable table, int replicates, long seed) {
    this.table = table;
    this.replicates = replicates;
    this.seed = seed;
    unitOf = Folds.of(table, MOST_UNITS, seed);
    units = new int[table.sources().size()];
    for (int item = 0; item < table.items(); item++) {
      if (table.start(item) < table.end(item)) {
        int source = table.source(item);
        units[source] = Math.max(units[source], unitOf[item] + 1);
      }
    }
  }

  /** What one replicate came to; NaN where a figure has no value. */
  private record Replicate(
      double micro, double pooled, double firstErrorF1, double auc, List<Double> bySource) {}

  /**
   * Intervals of the figures at given thresholds.
   *
   * @param thresholds by item
   * @param ranked all scores, for the AUC
   */
  Intervals at(double[] thresholds, LabelledScores ranked) {
    if (replicates == 0 || ranked.steps() == 0) {
      return Intervals.none(replicates);
    }
    long[][] sums = sums(thresholds);
    Ranks ranks = ranked.steps() * replicates <= MOST_RANKED ? new Ranks(table) : null;
    Replicate[] all =
        IntStream.range(0, replicates)
            .parallel()
            .mapToObj(replicate -> draw(replicate, sums, ranks))
            .toArray(Replicate[]::new);
    return new Intervals(
        replicates,
        interval(Arrays.stream(all).mapToDouble(Replicate::micro).toArray()),
        interval(Arrays.stream(all).mapToDouble(Replicate::pooled).toArray()),
        interval(Arrays.stream(all).mapToDouble(Replicate::firstErrorF1).toArray()),
        ranks == null ? null : interval(Arrays.stream(all).mapToDouble(Replicate::auc).toArray()),
        IntStream.range(0, units.length)
            .filter(source -> units[source] > 0)
            .mapToObj(
                source ->
                    interval(Arrays.stream(all).mapToDouble(r -> r.bySource.get(source)).toArray()))
            .toList());
  }

  /** Of the values that are numbers; null where no replicate has one. */
  private static @Nullable Interval interval(double[] values) {
    double[] numbers = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    return numbers.length == 0 ? null : Interval.of(numbers);
  }

  /** By source, the cells of its units one after the other. */
  private long[][] sums(double[] thresholds) {
    long[][] sums = new long[units.length][];
    for (int source = 0; source < units.length; source++) {
      sums[source] = new long[CELLS * units[source]];
    }
    for (int item = 0; item < table.items(); item++) {
      if (table.start(item) == table.end(item)) {
        continue;
      }
      long[] cells = sums[table.source(item)];
      int at = CELLS * unitOf[item];
      Confusion confusion = table.confusion(item, thresholds[item]);
      cells[at + RIGHT_AS_RIGHT] += confusion.rightAsRight();
      cells[at + WRONG_AS_RIGHT] += confusion.wrongAsRight();
      cells[at + RIGHT_AS_WRONG] += confusion.rightAsWrong();
      cells[at + WRONG_AS_WRONG] += confusion.wrongAsWrong();
      FirstError.Span span = FirstError.span(table, item);
      boolean well = span.holds(thresholds[item]);
      cells[at + (span.withError() ? WITH_ERROR : WITHOUT_ERROR)]++;
      cells[at + (span.withError() ? LOCATED : ACCEPTED)] += well ? 1 : 0;
    }
    return sums;
  }

  private Replicate draw(int replicate, long[][] sums, @Nullable Ranks ranks) {
    int[][] weights = new int[units.length][];
    double[] bySource = new double[units.length];
    long[] all = new long[CELLS];
    double weighted = 0;
    Draws draws = Draws.of(seed, replicate);
    for (int source = 0; source < units.length; source++) {
      weights[source] = new int[units[source]];
      long[] cells = new long[CELLS];
      for (int i = 0; i < units[source]; i++) {
        int unit = draws.below(units[source]);
        weights[source][unit]++;
        for (int cell = 0; cell < CELLS; cell++) {
          cells[cell] += sums[source][CELLS * unit + cell];
        }
      }
      Confusion confusion = confusion(cells);
      bySource[source] = confusion.macroF1();
      weighted += bySource[source] * confusion.steps();
      for (int cell = 0; cell < CELLS; cell++) {
        all[cell] += cells[cell];
      }
    }
    Confusion pooled = confusion(all);
    Double firstErrorF1 =
        FirstError.of(all[WITH_ERROR], all[LOCATED], all[WITHOUT_ERROR], all[ACCEPTED]).f1();
    return new Replicate(
        weighted / pooled.steps(),
        pooled.macroF1(),
        firstErrorF1 == null ? Double.NaN : firstErrorF1,
        ranks == null ? Double.NaN : ranks.auc(item -> weights[table.source(item)][unitOf[item]]),
        Arrays.stream(bySource).boxed().toList());
  }

  private static Confusion confusion(long[] cells) {
    return new Confusion(
        cells[RIGHT_AS_RIGHT], cells[WRONG_AS_RIGHT], cells[RIGHT_AS_WRONG], cells[WRONG_AS_WRONG]);
  }

  /** All steps by score, each with its item, so that a replicate's AUC takes no sorting. */
  private static final class Ranks {
    private final int[] itemOf;
    private final boolean[] right;
    private final boolean[] startsTie;

    Ranks(ItemTable table) {
      int steps = table.steps();
      int[] owner = new int[steps];
      for (int item = 0; item < table.items(); item++) {
        Arrays.fill(owner, table.start(item), table.end(item), item);
      }
      int[] order =
          IntStream.range(0, steps)
              .boxed()
              .sorted((a, b) -> Double.compare(table.score(a), table.score(b)))
              .mapToInt(Integer::intValue)
              .toArray();
      itemOf = new int[steps];
      right = new boolean[steps];
      startsTie = new boolean[steps];
      for (int i = 0; i < steps; i++) {
        itemOf[i] = owner[order[i]];
        right[i] = table.isRight(order[i]);
        startsTie[i] = i == 0 || table.score(order[i]) != table.score(order[i - 1]);
      }
    }

    /** As {@link Ranking#auc}, each step counted as often as its item was drawn. */
    double auc(IntUnaryOperator weights) {
      long twice = 0;
      long below = 0;
      long tiedRight = 0;
      long tiedWrong = 0;
      long allRight = 0;
      for (int i = 0; i < itemOf.length; i++) {
        if (startsTie[i]) {
          twice += tiedRight * (2 * below + tiedWrong);
          below += tiedWrong;
          allRight += tiedRight;
          tiedRight = 0;
          tiedWrong = 0;
        }
        int weight = weights.applyAsInt(itemOf[i]);
        if (right[i]) {
          tiedRight += weight;
        } else {
          tiedWrong += weight;
        }
      }
      twice += tiedRight * (2 * below + tiedWrong);
      below += tiedWrong;
      allRight += tiedRight;
      return allRight == 0 || below == 0
          ? Double.NaN
          : (double) twice / 2 / ((double) allRight * below);
    }
  }

  /**
   * Intervals of the figures.
   *
   * @param auc null also where there are too many steps to rank so often
   * @param macroF1 by source, in their order
   */
  record Intervals(
      int replicates,
      @Nullable Interval microOverSources,
      @Nullable Interval pooledMacroF1,
      @Nullable Interval firstErrorF1,
      @Nullable Interval auc,
      List<@Nullable Interval> macroF1) {
    static Intervals none(int replicates) {
      return new Intervals(replicates, null, null, null, null, List.of());
    }
  }
}
