package io.bisift.pipelines.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.core.metrics.FirstError;
import io.bisift.core.metrics.Interval;
import io.bisift.core.metrics.StepMetrics;
import io.bisift.formats.evaluate.MetricsFile;
import io.bisift.formats.output.Json;
import io.bisift.pipelines.run.TextTable;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics of an evaluation for the eye. */
final class EvaluationTable {
  private EvaluationTable() {}

  /** The table of a {@code metrics.json}. */
  static String of(String metricsJson) {
    MetricsFile.Summary metrics;
    try {
      metrics = Json.parse(metricsJson, MetricsFile.Summary.class);
    } catch (JsonProcessingException e) {
      throw UserException.failure("metrics.json cannot be read: " + e.getOriginalMessage(), e);
    }
    TextTable table =
        new TextTable(
            "source", "steps", "macro-F1", "95 %", "F1 right", "F1 wrong", "AUC", "first-error F1");
    for (Map.Entry<String, StepMetrics.Source> entry : metrics.perSource().entrySet()) {
      StepMetrics.Source source = entry.getValue();
      table.row(
          entry.getKey(),
          count(source.steps()),
          figure(source.macroF1()),
          interval(source.macroF1Interval()),
          figure(source.f1Positive()),
          figure(source.f1Negative()),
          figure(source.ranking().auc()),
          firstError(source.firstError()));
    }
    StepMetrics.Overall overall = metrics.overall();
    StepMetrics.Intervals intervals = metrics.intervals();
    table.row(
        "mean over sources",
        count(overall.totalSteps()),
        figure(overall.microOverSources()),
        interval(intervals == null ? null : intervals.microOverSources()),
        "",
        "",
        "",
        "");
    table.row(
        "pooled",
        count(overall.totalSteps()),
        figure(overall.macroF1Pooled()),
        interval(intervals == null ? null : intervals.macroF1Pooled()),
        figure(overall.f1Positive()),
        figure(overall.f1Negative()),
        figure(metrics.ranking().auc()),
        firstError(metrics.firstError()));
    return table + "\n" + threshold(metrics) + items(metrics);
  }

  private static String threshold(MetricsFile.Summary metrics) {
    StepMetrics.Threshold threshold = metrics.threshold();
    Double value = threshold.value();
    return "threshold "
        + (value == null ? "of each fold: " + threshold.folds() : value.toString())
        + " ("
        + threshold.rule()
        + ")\n";
  }

  private static String items(MetricsFile.Summary metrics) {
    StepMetrics.Counts counts = metrics.counts();
    String text =
        String.format(
            Locale.ROOT,
            "%,d items: %,d right steps, %,d wrong, %,d neutral (left out)",
            counts.items(),
            counts.positiveSteps(),
            counts.negativeSteps(),
            counts.neutralSteps());
    long rejected = metrics.rejected().items();
    return rejected == 0
        ? text
        : text
            + String.format(Locale.ROOT, "%n%,d items rejected: ", rejected)
            + metrics.rejected().byDefect().toString().replaceAll("[{}]", "").replace('_', ' ');
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String firstError(FirstError firstError) {
    return figure(firstError.f1());
  }

  private static String figure(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String interval(@Nullable Interval interval) {
    return interval == null
        ? "-"
        : String.format(Locale.ROOT, "%.4f..%.4f", interval.low(), interval.high());
  }
}
