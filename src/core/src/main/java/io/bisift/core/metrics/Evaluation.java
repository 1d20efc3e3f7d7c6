package io.bisift.core.metrics;

import io.bisift.core.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is computed of a table of scored items.
 *
 * @param metrics figures
 * @param curves points to draw
 */
public record Evaluation(StepMetrics metrics, Curves curves) {
  private static final String EXACT = "exact";

  /**
   * What is asked.
   *
   * @param threshold how steps are judged
   * @param replicates of the bootstrap; 0: no intervals
   * @param seed of folds and bootstrap
   */
  public record Settings(ThresholdRule threshold, int replicates, long seed)
      implements Serializable {
    /**
     * @throws UserException if a value makes no sense
     */
    public Settings {
      if (replicates < 0) {
        throw UserException.usage("--bootstrap must be at least 0, was " + replicates);
      }
    }
  }

  /**
   * Evaluates.
   *
   * @param calibration of {@link ThresholdRule.Kind#CALIBRATION} only: the set that the threshold
   *     is found on
   * @throws UserException if the threshold cannot be found
   */
  public static Evaluation of(
      ScoreTable table, Settings settings, @Nullable ScoreTable calibration) {
    return new Run(table, settings).evaluate(calibration);
  }

  /** The order of sources, their scores, and all scores together, of one table. */
  private static final class Run {
    private final ScoreTable table;
    private final Settings settings;
    private final @Nullable ItemTable items;
    private final Map<String, LabelledScores> bySource;
    private final LabelledScores pooled;

    Run(ScoreTable table, Settings settings) {
      this.table = table;
      this.settings = settings;
      ItemTable exact = table.exact();
      items = exact == null ? null : exact.sorted();
      bySource = items == null ? table.binned().bySource() : items.bySource(new boolean[0]);
      pooled = LabelledScores.together(List.copyOf(bySource.values()));
    }

    Evaluation evaluate(@Nullable ScoreTable calibration) {
      boolean steps = pooled.steps() > 0;
      Thresholds.Search reference = steps ? Thresholds.reference(bySource, pooled) : null;
      Thresholds.Search optimum = steps ? Thresholds.optimum(bySource, pooled) : null;
      Judgement judgement = judge(reference, optimum, calibration);
      StepMetrics.RankingQuality ranking = StepMetrics.RankingQuality.of(pooled);
      Bootstrap.Intervals intervals = intervals(judgement);
      StepMetrics metrics =
          new StepMetrics(
              new StepMetrics.Counts(
                  table.items(), pooled.right(), pooled.wrong(), table.neutral()),
              items == null ? BinTable.NAME : EXACT,
              judgement.threshold,
              perSource(judgement, intervals),
              overall(judgement),
              reference == null
                  ? null
                  : new StepMetrics.AutoSearch(
                      ranking.auc(), reference.microOverSources(), reference.pooled()),
              optimum == null
                  ? null
                  : new StepMetrics.Optimum(optimum.microOverSources(), optimum.pooled()),
              ranking,
              together(judgement.firstErrors.values()),
              Calibration.of(pooled),
              new StepMetrics.Intervals(
                  intervals.replicates(),
                  settings.seed,
                  intervals.microOverSources(),
                  intervals.pooledMacroF1(),
                  intervals.auc(),
                  intervals.firstErrorF1()));
      return new Evaluation(metrics, Curves.of(bySource, pooled));
    }

    /** How steps were judged, and what came of it, by source. */
    private static final class Judgement {
      private final StepMetrics.Threshold threshold;
      private final double[] byItem;
      private final List<Confusion> confusions;
      private final Map<String, FirstError> firstErrors;

      /**
       * @param byItem the threshold of each item, where they are there one by one
       */
      Judgement(
          StepMetrics.Threshold threshold,
          double[] byItem,
          List<Confusion> confusions,
          Map<String, FirstError> firstErrors) {
        this.threshold = threshold;
        this.byItem = byItem;
        this.confusions = confusions;
        this.firstErrors = firstErrors;
      }
    }

    private Judgement judge(
        Thresholds.@Nullable Search reference,
        Thresholds.@Nullable Search optimum,
        @Nullable ScoreTable calibration) {
      ThresholdRule rule = settings.threshold;
      double fallback = ThresholdRule.HALF.value();
      return switch (rule.kind()) {
        case FIXED -> at(rule.value());
        case REFERENCE ->
            at(reference == null ? fallback : reference.microOverSources().threshold());
        case OPTIMUM -> at(optimum == null ? fallback : optimum.microOverSources().threshold());
        case CALIBRATION -> at(calibrated(calibration));
        case KFOLD -> inFolds();
      };
    }

    private static double calibrated(@Nullable ScoreTable calibration) {
      if (calibration == null) {
        throw new IllegalArgumentException("no calibration set");
      }
      Run other = new Run(calibration, new Settings(ThresholdRule.HALF, 0, 0));
      if (other.pooled.steps() == 0) {
        throw UserException.failure(
            "the calibration set has no step that is labelled right or wrong, so no threshold can"
                + " be found on it");
      }
      return Thresholds.optimum(other.bySource, other.pooled).microOverSources().threshold();
    }

    private Judgement at(double threshold) {
      StepMetrics.Threshold used =
          new StepMetrics.Threshold(settings.threshold.kind().word(), threshold, null);
      List<Confusion> confusions = new ThresholdWalk(bySource).to(threshold).confusions();
      if (items == null) {
        return new Judgement(
            used, new double[0], confusions, table.binned().firstErrors(threshold));
      }
      double[] byItem = new double[items.items()];
      Arrays.fill(byItem, threshold);
      return new Judgement(used, byItem, confusions, firstErrors(items, byItem));
    }

    private Judgement inFolds() {
      ItemTable all = items;
      if (all == null) {
        throw UserException.failure(
            "--threshold kfold needs every score by itself, and there are too many; use a"
                + " calibration set");
      }
      int folds = settings.threshold.folds();
      int[] foldOf = Folds.of(all, folds, settings.seed);
      double[] byItem = new double[all.items()];
      List<Double> thresholds = new ArrayList<>();
      for (int fold = 0; fold < folds; fold++) {
        boolean[] others = new boolean[all.items()];
        for (int item = 0; item < others.length; item++) {
          others[item] = foldOf[item] != fold;
        }
        double threshold = optimum(all, others);
        thresholds.add(threshold);
        for (int item = 0; item < others.length; item++) {
          byItem[item] = others[item] ? byItem[item] : threshold;
        }
      }
      Confusion[] confusions = new Confusion[all.sources().size()];
      Arrays.fill(confusions, Confusion.NONE);
      for (int item = 0; item < all.items(); item++) {
        int source = all.source(item);
        confusions[source] = confusions[source].plus(all.confusion(item, byItem[item]));
      }
      return new Judgement(
          new StepMetrics.Threshold(settings.threshold.kind().word(), null, thresholds),
          byItem,
          Arrays.asList(confusions).subList(0, bySource.size()),
          firstErrors(all, byItem));
    }

    private static double optimum(ItemTable all, boolean[] chosen) {
      Map<String, LabelledScores> bySource = all.bySource(chosen);
      LabelledScores pooled = LabelledScores.together(List.copyOf(bySource.values()));
      return pooled.steps() == 0
          ? ThresholdRule.HALF.value()
          : Thresholds.optimum(bySource, pooled).microOverSources().threshold();
    }

    private static Map<String, FirstError> firstErrors(ItemTable items, double[] thresholds) {
      int sources = items.sources().size();
      long[][] counts = new long[sources][4];
      for (int item = 0; item < items.items(); item++) {
        if (items.start(item) < items.end(item)) {
          FirstError.Span span = FirstError.span(items, item);
          long[] count = counts[items.source(item)];
          int kind = span.withError() ? 0 : 2;
          count[kind]++;
          count[kind + 1] += span.holds(thresholds[item]) ? 1 : 0;
        }
      }
      Map<String, FirstError> bySource = new LinkedHashMap<>();
      for (int i = 0; i < sources; i++) {
        long[] count = counts[i];
        if (count[0] + count[2] > 0) {
          bySource.put(
              items.sources().get(i), FirstError.of(count[0], count[1], count[2], count[3]));
        }
      }
      return bySource;
    }

    private static FirstError together(Iterable<FirstError> parts) {
      long[] sums = new long[4];
      for (FirstError part : parts) {
        sums[0] += part.withError();
        sums[1] += part.located();
        sums[2] += part.withoutError();
        sums[3] += part.accepted();
      }
      return FirstError.of(sums[0], sums[1], sums[2], sums[3]);
    }

    private Bootstrap.Intervals intervals(Judgement judgement) {
      return items == null
          ? Bootstrap.Intervals.none(0)
          : new Bootstrap(items, settings.replicates, settings.seed).at(judgement.byItem, pooled);
    }

    private Map<String, StepMetrics.Source> perSource(
        Judgement judgement, Bootstrap.Intervals intervals) {
      Map<String, StepMetrics.Source> perSource = new LinkedHashMap<>();
      int at = 0;
      for (Map.Entry<String, LabelledScores> entry : bySource.entrySet()) {
        Confusion confusion = judgement.confusions.get(at);
        FirstError firstError = judgement.firstErrors.get(entry.getKey());
        perSource.put(
            entry.getKey(),
            new StepMetrics.Source(
                confusion.f1Positive(),
                confusion.f1Negative(),
                confusion.macroF1(),
                StepMetrics.ClassCounts.of(confusion),
                confusion.steps(),
                intervals.macroF1().isEmpty() ? null : intervals.macroF1().get(at),
                StepMetrics.RankingQuality.of(entry.getValue()),
                firstError == null ? FirstError.of(0, 0, 0, 0) : firstError));
        at++;
      }
      return perSource;
    }

    private StepMetrics.Overall overall(Judgement judgement) {
      double sum = 0.0;
      Confusion all = Confusion.NONE;
      for (Confusion confusion : judgement.confusions) {
        sum += confusion.macroF1() * confusion.steps();
        all = all.plus(confusion);
      }
      return new StepMetrics.Overall(
          all.steps() > 0 ? sum / all.steps() : 0.0,
          all.macroF1(),
          all.f1Positive(),
          all.f1Negative(),
          all.steps(),
          judgement.threshold.value());
    }
  }
}
