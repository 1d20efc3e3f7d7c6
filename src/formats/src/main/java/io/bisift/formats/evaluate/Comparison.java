package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.metrics.Interval;
import io.bisift.core.metrics.PairedBootstrap;
import io.bisift.core.metrics.StepMetrics;
import io.bisift.formats.report.Axis;
import io.bisift.formats.report.Page;
import io.bisift.formats.report.Plot;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several evaluations side by side, the first of which the others are measured against.
 *
 * @param rows by run, in the order in which they were named
 */
public record Comparison(String format, List<Row> rows) {
  private static final String FORMAT = "bisift-comparison/1";

  /**
   * One run.
   *
   * @param step number at the end of its name; -1 if there is none
   * @param threshold null where each fold has its own
   * @param differences to the first run, over the items that both have; null for the first itself
   */
  public record Row(
      String run,
      String series,
      long step,
      long items,
      @Nullable Double threshold,
      double microOverSources,
      @Nullable Interval interval,
      double macroF1Pooled,
      @Nullable Double auc,
      @Nullable Double firstErrorF1,
      PairedBootstrap.@Nullable Differences differences) {}

  /**
   * Compares runs.
   *
   * @param runs at least two
   */
  public static Comparison of(Storage storage, List<ComparedRun> runs, int replicates, long seed)
      throws IOException {
    if (runs.size() < 2) {
      throw UserException.usage("name at least two runs: bisift compare RUN RUN …");
    }
    PairedBootstrap bootstrap = new PairedBootstrap(replicates, seed);
    ComparedRun first = runs.get(0);
    PairedBootstrap.Side base = first.side(storage);
    List<Row> rows = new ArrayList<>();
    for (ComparedRun run : runs) {
      PairedBootstrap.Differences differences =
          rows.isEmpty() ? null : bootstrap.of(base, run.side(storage));
      if (differences != null && differences.items() == 0) {
        throw UserException.failure(
            run.folder() + " and " + first.folder() + " have no item in common");
      }
      rows.add(row(run, differences));
    }
    return new Comparison(FORMAT, rows);
  }

  private static Row row(ComparedRun run, PairedBootstrap.@Nullable Differences differences) {
    MetricsFile.Summary metrics = run.metrics();
    StepMetrics.Intervals intervals = metrics.intervals();
    return new Row(
        run.name(),
        run.series(),
        run.step(),
        metrics.counts().items(),
        metrics.threshold().value(),
        metrics.overall().microOverSources(),
        intervals == null ? null : intervals.microOverSources(),
        metrics.overall().macroF1Pooled(),
        metrics.ranking().auc(),
        metrics.firstError().f1(),
        differences);
  }

  /** Headings of {@link #cells}. */
  public static List<String> headings() {
    return List.of(
        "run",
        "items",
        "threshold",
        "macro-F1",
        "95 %",
        "pooled",
        "AUC",
        "first-error F1",
        "difference",
        "95 %",
        "better in");
  }

  /** A row for the eye. */
  public static List<String> cells(Row row) {
    PairedBootstrap.Difference difference =
        row.differences == null ? null : row.differences.microOverSources();
    return List.of(
        row.run,
        String.format(Locale.ROOT, "%,d", row.items),
        EvaluationReport.figure(row.threshold),
        EvaluationReport.figure(row.microOverSources),
        interval(row.interval, "%.4f..%.4f"),
        EvaluationReport.figure(row.macroF1Pooled),
        EvaluationReport.figure(row.auc),
        EvaluationReport.figure(row.firstErrorF1),
        difference == null ? "–" : String.format(Locale.ROOT, "%+.4f", difference.value()),
        interval(difference == null ? null : difference.interval(), "%+.4f..%+.4f"),
        difference == null || difference.share() == null
            ? "–"
            : String.format(Locale.ROOT, "%.1f %%", 100 * difference.share()));
  }

  private static String interval(@Nullable Interval interval, String format) {
    return interval == null
        ? "–"
        : String.format(Locale.ROOT, format, interval.low(), interval.high());
  }

  /** The comparison as a report. */
  public String report() {
    Page page =
        new Page("Evaluations side by side", "differences are to " + rows.get(0).run + ", paired");
    page.table(headings(), rows.stream().map(Comparison::cells).toList());
    page.paragraph(
        "Macro-F1 is the step-weighted mean over sources. Differences are over the items that both"
            + " runs have; their intervals hold 95 % of resamplings of items within sources, the"
            + " same items drawn for both; the last column says in how many the run is better.");
    page.plots(List.of(rows.stream().anyMatch(row -> row.step >= 0) ? learning() : bars()));
    return page.finish();
  }

  private Axis figures() {
    double lowest = rows.stream().mapToDouble(Row::microOverSources).min().orElse(0);
    double highest = rows.stream().mapToDouble(Row::microOverSources).max().orElse(1);
    return Axis.around("macro-F1, mean over sources", lowest, highest);
  }

  /** Runs whose names differ by the number at their end are checkpoints of one training. */
  private Plot learning() {
    Map<String, List<Row>> bySeries = new LinkedHashMap<>();
    rows.forEach(row -> bySeries.computeIfAbsent(row.series, key -> new ArrayList<>()).add(row));
    long last = rows.stream().mapToLong(Row::step).max().orElse(1);
    Plot plot = new Plot("Learning curve", Axis.upTo("step", (double) last), figures());
    bySeries.forEach(
        (series, points) -> {
          points.sort(Comparator.comparingLong(Row::step));
          plot.dots(
              series,
              points.stream().mapToDouble(row -> (double) Math.max(0, row.step)).toArray(),
              points.stream().mapToDouble(Row::microOverSources).toArray());
        });
    return plot;
  }

  private Plot bars() {
    List<String> names = rows.stream().map(Row::run).toList();
    Plot plot = Plot.ofCategories("Macro-F1, mean over sources", names, Axis.unit("macro-F1"));
    double[] from = new double[names.size()];
    double[] to = new double[names.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = i + 0.2;
      to[i] = i + 0.8;
    }
    plot.bars("macro-F1", from, to, rows.stream().mapToDouble(Row::microOverSources).toArray());
    for (int i = 0; i < rows.size(); i++) {
      Interval interval = rows.get(i).interval();
      if (interval != null) {
        plot.whisker(i + 0.5, interval.low(), interval.high());
      }
    }
    return plot;
  }
}
