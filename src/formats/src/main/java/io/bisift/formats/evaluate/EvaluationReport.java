package io.bisift.formats.evaluate;

import io.bisift.core.evaluation.JudgedItem;
import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.Calibration;
import io.bisift.core.metrics.Curves;
import io.bisift.core.metrics.Evaluation;
import io.bisift.core.metrics.FirstError;
import io.bisift.core.metrics.Interval;
import io.bisift.core.metrics.ScoredItem;
import io.bisift.core.metrics.StepMetrics;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.formats.report.Axis;
import io.bisift.formats.report.Page;
import io.bisift.formats.report.Plot;
import io.bisift.formats.report.Thumbnail;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code report.html} of an evaluation. */
final class EvaluationReport {
  private static final int LONGEST = 700;

  private final Storage storage;
  private final @Nullable String imageRoot;

  EvaluationReport(Storage storage, @Nullable String imageRoot) {
    this.storage = storage;
    this.imageRoot = imageRoot;
  }

  String of(String subject, Evaluation evaluation, Mistakes mistakes, long rejected)
      throws IOException {
    StepMetrics metrics = evaluation.metrics();
    Page page = new Page("Evaluation of step scores", subject);
    StepMetrics.Overall overall = metrics.overall();
    page.figures(
        List.of(
            new String[] {figure(overall.microOverSources()), "macro-F1, mean over sources"},
            new String[] {figure(overall.macroF1Pooled()), "macro-F1, pooled"},
            new String[] {figure(metrics.ranking().auc()), "AUC"},
            new String[] {figure(metrics.firstError().f1()), "first-error F1"},
            new String[] {
              figure(metrics.calibration().expectedCalibrationError()), "calibration error"
            },
            new String[] {threshold(metrics), "threshold, " + metrics.threshold().rule()}));
    page.paragraph(basis(metrics, rejected));
    page.heading("By source");
    tables(page, metrics);
    page.plots(List.of(bySource(metrics), thresholdCurve(evaluation)));
    page.heading("Ranking and calibration");
    Curves curves = evaluation.curves();
    page.plots(
        List.of(
            curve("ROC", "wrong steps passed", "right steps passed", curves.roc())
                .guide(0, 0, 1, 1),
            curve("Precision and recall", "recall", "precision", curves.precisionRecall()),
            histogram(curves),
            calibration(metrics.calibration())));
    thresholds(page, metrics);
    page.heading("The worst mistakes");
    mistakes(page, "wrong step", mistakes.wrongSteps());
    mistakes(page, "right step", mistakes.rightSteps());
    return page.finish();
  }

  private static String basis(StepMetrics metrics, long rejected) {
    StepMetrics.Counts counts = metrics.counts();
    String text =
        String.format(
            Locale.ROOT,
            "%,d items with %,d right and %,d wrong steps; %,d neutral steps are left out, %,d"
                + " items were rejected.",
            counts.items(),
            counts.positiveSteps(),
            counts.negativeSteps(),
            counts.neutralSteps(),
            rejected);
    if (metrics.threshold().rule().equals("reference")
        || metrics.threshold().rule().equals("optimum")) {
      text += " The threshold was tuned on the very steps that it is judged by.";
    }
    if (!metrics.scores().equals("exact")) {
      text += " There are so many that figures rest on " + metrics.scores() + ".";
    }
    if (metrics.intervals().microOverSources() != null) {
      text +=
          " Intervals hold 95 % of "
              + metrics.intervals().replicates()
              + " resamplings of items within sources.";
    }
    return text;
  }

  private static void tables(Page page, StepMetrics metrics) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, StepMetrics.Source> entry : metrics.perSource().entrySet()) {
      StepMetrics.Source source = entry.getValue();
      rows.add(
          row(
              entry.getKey(),
              source.steps(),
              source.macroF1(),
              source.macroF1Interval(),
              source.f1Positive(),
              source.f1Negative(),
              source.ranking(),
              source.firstError()));
    }
    StepMetrics.Overall overall = metrics.overall();
    rows.add(
        row(
            "all, mean over sources",
            overall.totalSteps(),
            overall.microOverSources(),
            metrics.intervals().microOverSources(),
            null,
            null,
            null,
            null));
    rows.add(
        row(
            "all, pooled",
            overall.totalSteps(),
            overall.macroF1Pooled(),
            metrics.intervals().macroF1Pooled(),
            overall.f1Positive(),
            overall.f1Negative(),
            metrics.ranking(),
            metrics.firstError()));
    page.table(
        List.of(
            "source",
            "steps",
            "macro-F1",
            "95 %",
            "F1 right",
            "F1 wrong",
            "AUC",
            "AP right",
            "AP wrong",
            "first-error F1"),
        rows);
  }

  private static List<String> row(
      String name,
      long steps,
      double macroF1,
      @Nullable Interval interval,
      @Nullable Double positive,
      @Nullable Double negative,
      StepMetrics.@Nullable RankingQuality ranking,
      @Nullable FirstError firstError) {
    return List.of(
        name,
        String.format(Locale.ROOT, "%,d", steps),
        figure(macroF1),
        interval == null ? "–" : figure(interval.low()) + " – " + figure(interval.high()),
        figure(positive),
        figure(negative),
        figure(ranking == null ? null : ranking.auc()),
        figure(ranking == null ? null : ranking.averagePrecision()),
        figure(ranking == null ? null : ranking.averagePrecisionOfErrors()),
        figure(firstError == null ? null : firstError.f1()));
  }

  static String figure(@Nullable Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String threshold(StepMetrics metrics) {
    Double value = metrics.threshold().value();
    return value == null ? "by fold" : figure(value);
  }

  private static Plot bySource(StepMetrics metrics) {
    List<String> names = List.copyOf(metrics.perSource().keySet());
    Plot plot = Plot.ofCategories("Macro-F1 by source", names, Axis.unit("macro-F1"));
    int count = names.size();
    double[] from = new double[count];
    double[] to = new double[count];
    double[] heights = new double[count];
    for (int i = 0; i < count; i++) {
      from[i] = i + 0.2;
      to[i] = i + 0.8;
      heights[i] = metrics.perSource().get(names.get(i)).macroF1();
    }
    plot.bars("macro-F1", from, to, heights);
    for (int i = 0; i < count; i++) {
      Interval interval = metrics.perSource().get(names.get(i)).macroF1Interval();
      if (interval != null) {
        plot.whisker(i + 0.5, interval.low(), interval.high());
      }
    }
    return plot;
  }

  private static Plot thresholdCurve(Evaluation evaluation) {
    List<Curves.AtThreshold> points = evaluation.curves().thresholds();
    double[] at = points.stream().mapToDouble(Curves.AtThreshold::threshold).toArray();
    Plot plot = new Plot("F1 by threshold", Axis.unit("threshold"), Axis.unit("F1"));
    add(plot, "macro, mean over sources", at, points, Curves.AtThreshold::microOverSources);
    add(plot, "macro, pooled", at, points, Curves.AtThreshold::pooledMacroF1);
    add(plot, "right steps", at, points, Curves.AtThreshold::f1Positive);
    add(plot, "wrong steps", at, points, Curves.AtThreshold::f1Negative);
    Double used = evaluation.metrics().threshold().value();
    return used == null ? plot : plot.guide(Math.min(1, used), 0, Math.min(1, used), 1);
  }

  private static void add(
      Plot plot,
      String name,
      double[] at,
      List<Curves.AtThreshold> points,
      ToDoubleFunction<Curves.AtThreshold> value) {
    plot.line(name, at, points.stream().mapToDouble(value).toArray());
  }

  private static Plot curve(String title, String x, String y, List<Curves.Point> points) {
    return new Plot(title, Axis.unit(x), Axis.unit(y))
        .line(
            title,
            points.stream().mapToDouble(Curves.Point::x).toArray(),
            points.stream().mapToDouble(Curves.Point::y).toArray());
  }

  private static Plot histogram(Curves curves) {
    int bins = curves.rightByScore().size();
    long highest = 1;
    double[] edges = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      highest =
          Math.max(highest, Math.max(curves.rightByScore().get(i), curves.wrongByScore().get(i)));
      edges[i + 1] = (i + 1.0) / bins;
    }
    double[] from = new double[bins];
    double[] middle = new double[bins];
    double[] to = new double[bins];
    for (int i = 0; i < bins; i++) {
      from[i] = edges[i];
      middle[i] = (edges[i] + edges[i + 1]) / 2;
      to[i] = edges[i + 1];
    }
    return new Plot("Scores by label", Axis.unit("score"), Axis.upTo("steps", (double) highest))
        .bars("right steps", from, middle, numbers(curves.rightByScore()))
        .bars("wrong steps", middle, to, numbers(curves.wrongByScore()));
  }

  private static double[] numbers(List<Long> counts) {
    return counts.stream().mapToDouble(Long::doubleValue).toArray();
  }

  private static Plot calibration(Calibration calibration) {
    List<Calibration.Bin> bins =
        calibration.bins().stream().filter(bin -> bin.steps() > 0).toList();
    return new Plot("Calibration", Axis.unit("mean score"), Axis.unit("share of right steps"))
        .guide(0, 0, 1, 1)
        .dots(
            "steps in tenths of the score",
            bins.stream().mapToDouble(Calibration.Bin::meanScore).toArray(),
            bins.stream().mapToDouble(Calibration.Bin::shareRight).toArray());
  }

  private static void thresholds(Page page, StepMetrics metrics) {
    StepMetrics.AutoSearch reference = metrics.autoSearch();
    StepMetrics.Optimum optimum = metrics.optimum();
    if (reference == null || optimum == null) {
      return;
    }
    page.heading("Best thresholds over these very steps");
    page.table(
        List.of("search", "by mean over sources", "macro-F1", "pooled", "macro-F1"),
        List.of(
            List.of(
                "reference's sweep",
                figure(reference.bestThresholdMicroOverSources().threshold()),
                figure(reference.bestThresholdMicroOverSources().score()),
                figure(reference.bestThresholdPooledMacro().threshold()),
                figure(reference.bestThresholdPooledMacro().score())),
            List.of(
                "exact optimum",
                figure(optimum.bestThresholdMicroOverSources().threshold()),
                figure(optimum.bestThresholdMicroOverSources().score()),
                figure(optimum.bestThresholdPooledMacro().threshold()),
                figure(optimum.bestThresholdPooledMacro().score()))));
  }

  private void mistakes(Page page, String kind, List<Mistakes.Mistake> mistakes)
      throws IOException {
    page.startCards();
    for (Mistakes.Mistake mistake : mistakes) {
      JudgedItem item = mistake.item();
      List<Page.Passage> passages = new ArrayList<>();
      if (!item.question().isEmpty()) {
        passages.add(new Page.Passage("question", shortened(item.question()), false));
      }
      for (int i = Math.max(0, mistake.step() - 1); i <= mistake.step(); i++) {
        ScoredItem scored = item.scored();
        String text = i < item.steps().size() ? shortened(item.steps().get(i)) : "(no text)";
        String name =
            String.format(
                Locale.ROOT, "step %d, label %d, %.4f", i + 1, scored.label(i), scored.score(i));
        passages.add(new Page.Passage(name, text, i == mistake.step()));
      }
      page.card(
          String.format(
              Locale.ROOT,
              "A %s at %.4f · %s · %s",
              kind,
              mistake.score(),
              item.scored().source(),
              item.id()),
          thumbnails(item.images()),
          passages);
    }
    page.endCards();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
  }

  private List<String> thumbnails(List<String> images) throws IOException {
    List<String> uris = new ArrayList<>();
    for (String name : images) {
      try {
        Thumbnail.of(ItemWork.image(storage, imageRoot, name)).ifPresent(uris::add);
      } catch (RejectedRecordException e) {
        // ready scores may come without their pictures
      }
    }
    return uris;
  }
}
