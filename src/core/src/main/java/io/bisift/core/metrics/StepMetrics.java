package io.bisift.core.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found. {@code perSource}, {@code overall} and {@code autoSearch} are, name by
 * name, what the reference's evaluation writes; the rest is ours.
 *
 * @param scores {@code exact}, or how scores were rounded because there were too many
 * @param perSource in the order in which sources first appear; only those with steps that are not
 *     neutral
 * @param autoSearch the reference's sweep; null if there are no steps
 * @param optimum the best thresholds of all; null if there are no steps
 */
public record StepMetrics(
    Counts counts,
    String scores,
    Threshold threshold,
    Map<String, Source> perSource,
    Overall overall,
    @Nullable AutoSearch autoSearch,
    @Nullable Optimum optimum,
    RankingQuality ranking,
    FirstError firstError,
    Calibration calibration,
    Intervals intervals) {

  /**
   * What the figures rest on.
   *
   * @param items with scores
   * @param positiveSteps labelled right
   * @param negativeSteps labelled wrong
   * @param neutralSteps left out
   */
  public record Counts(long items, long positiveSteps, long negativeSteps, long neutralSteps) {}

  /**
   * At which threshold steps were judged.
   *
   * @param rule {@code fixed}, {@code reference}, {@code optimum}, {@code kfold}, {@code
   *     calibration}
   * @param value null where each fold has its own
   * @param folds the threshold of each fold, found on the others
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Threshold(String rule, @Nullable Double value, @Nullable List<Double> folds) {}

  /** One source's figures. */
  public record Source(
      double f1Positive,
      double f1Negative,
      double macroF1,
      ClassCounts counts,
      long steps,
      @Nullable Interval macroF1Interval,
      RankingQuality ranking,
      FirstError firstError) {}

  /** Hits, false alarms and misses of each class. */
  public record ClassCounts(
      long tpPos, long fpPos, long fnPos, long tpNeg, long fpNeg, long fnNeg) {
    static ClassCounts of(Confusion confusion) {
      return new ClassCounts(
          confusion.rightAsRight(),
          confusion.wrongAsRight(),
          confusion.rightAsWrong(),
          confusion.wrongAsWrong(),
          confusion.rightAsWrong(),
          confusion.wrongAsRight());
    }
  }

  /**
   * All sources together.
   *
   * @param microOverSources step-weighted mean of the sources' macro-F1: the paper's figure
   * @param thresholdUsed null where each fold has its own
   */
  public record Overall(
      double microOverSources,
      double macroF1Pooled,
      double f1Positive,
      double f1Negative,
      long totalSteps,
      @Nullable Double thresholdUsed) {}

  /** The reference's search; see {@link Thresholds#reference}. */
  public record AutoSearch(
      @Nullable Double auc,
      Thresholds.Best bestThresholdMicroOverSources,
      Thresholds.Best bestThresholdPooledMacro) {}

  /** The exact search; see {@link Thresholds#optimum}. */
  public record Optimum(
      Thresholds.Best bestThresholdMicroOverSources, Thresholds.Best bestThresholdPooledMacro) {}

  /** See {@link Ranking}; null where that has nothing to say. */
  public record RankingQuality(
      @Nullable Double auc,
      @Nullable Double averagePrecision,
      @Nullable Double averagePrecisionOfErrors) {
    static RankingQuality of(LabelledScores scores) {
      return new RankingQuality(
          nullable(Ranking.auc(scores)),
          nullable(Ranking.averagePrecision(scores)),
          nullable(Ranking.averagePrecisionOfErrors(scores)));
    }

    private static @Nullable Double nullable(OptionalDouble value) {
      return value.isPresent() ? value.getAsDouble() : null;
    }
  }

  /**
   * 95 % intervals by resampling each source's items, thresholds held; null where a figure has
   * none, or where there are too many steps.
   */
  public record Intervals(
      int replicates,
      long seed,
      @Nullable Interval microOverSources,
      @Nullable Interval macroF1Pooled,
      @Nullable Interval auc,
      @Nullable Interval firstErrorF1) {}
}
