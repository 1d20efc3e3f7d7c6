package io.bisift.core.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Searches for the threshold at which scores tell right from wrong steps best. */
public final class Thresholds {
  private static final int DIGITS = 4;
  private static final int UNITS = 10_000;
  private static final int CANDIDATES = 1000;

  /** Closer than this to the middle between two roundings, doubles are asked exactly. */
  private static final double DOUBT = 1e-6;

  /**
   * A threshold and what is reached with it.
   *
   * @param score macro-F1
   */
  public record Best(double threshold, double score) {}

  /**
   * The best thresholds by two measures. Of several that are equally good, the lowest.
   *
   * @param microOverSources by the step-weighted mean of the sources' macro-F1
   * @param pooled by the macro-F1 of all steps together
   * @param candidates how many thresholds were tried
   */
  public record Search(Best microOverSources, Best pooled, long candidates) {}

  private Thresholds() {}

  /**
   * The reference's sweep: tries the scores rounded to four digits, thinned to fewer than 2000 by
   * taking every m-th, m = ⌊candidates / 1000⌋, and takes the lowest of the best.
   *
   * @param bySource in the order in which sources first appear
   * @param pooled all of them together; at least one step
   */
  public static Search reference(Map<String, LabelledScores> bySource, LabelledScores pooled) {
    requireSteps(pooled);
    List<Double> candidates = new ArrayList<>();
    LabelledScores.Cursor cursor = pooled.cursor();
    int last = -1;
    while (cursor.next()) {
      int units = toUnits(cursor.score());
      if (units != last) {
        candidates.add((double) units / UNITS); // the double next to the decimal
        last = units;
      }
    }
    int stride = candidates.size() > CANDIDATES ? candidates.size() / CANDIDATES : 1;
    Winner winner = new Winner(bySource);
    for (int i = 0; i < candidates.size(); i += stride) {
      winner.trial(candidates.get(i));
    }
    return winner.search();
  }

  /**
   * Python's {@code round(score, 4)} in units of 1e-4: half to even on the double's exact value.
   */
  static int toUnits(double score) {
    double scaled = score * UNITS;
    double whole = Math.floor(scaled);
    if (Math.abs(scaled - whole - 0.5) > DOUBT) {
      return (int) Math.rint(scaled);
    }
    return new BigDecimal(score)
        .setScale(DIGITS, RoundingMode.HALF_EVEN)
        .unscaledValue()
        .intValueExact();
  }

  /**
   * The exact optimum over all thresholds: every score that occurs, and one above them all. Time
   * grows with steps × sources.
   *
   * @param bySource in the order in which sources first appear
   * @param pooled all of them together; at least one step
   */
  public static Search optimum(Map<String, LabelledScores> bySource, LabelledScores pooled) {
    requireSteps(pooled);
    Winner winner = new Winner(bySource);
    LabelledScores.Cursor cursor = pooled.cursor();
    double highest = 0;
    while (cursor.next()) {
      highest = cursor.score();
      winner.trial(highest);
    }
    winner.trial(Math.nextUp(highest));
    return winner.search();
  }

  private static void requireSteps(LabelledScores pooled) {
    if (pooled.steps() == 0) {
      throw new IllegalArgumentException("no steps, so no threshold is better than another");
    }
  }

  /** Tries thresholds upwards. */
  private static final class Winner {
    private final ThresholdWalk walk;
    private Best micro = new Best(0.5, -1);
    private Best pooled = new Best(0.5, -1);
    private long trials;

    Winner(Map<String, LabelledScores> bySource) {
      walk = new ThresholdWalk(bySource);
    }

    void trial(double threshold) {
      walk.to(threshold);
      trials++;
      double bySource = walk.microOverSources();
      if (bySource > micro.score) {
        micro = new Best(threshold, bySource);
      }
      double together = walk.pooledMacroF1();
      if (together > pooled.score) {
        pooled = new Best(threshold, together);
      }
    }

    Search search() {
      return new Search(micro, pooled, trials);
    }
  }
}
