package io.bisift.formats.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bisift.core.rerank.ProblemChances;
import io.bisift.core.rerank.RerankMetrics;
import io.bisift.formats.output.Json;
import io.bisift.formats.report.Axis;
import io.bisift.formats.report.Page;
import io.bisift.formats.report.Plot;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Computes best-of-N and writes it with the report, last of all. */
public final class RerankFinisher {
  private final Storage storage;
  private final RerankParameters parameters;
  private final String tool;
  private final String id;

  /** {@code metrics.json} of a reranking. */
  public record File(
      String format,
      String tool,
      Map<String, Object> parameters,
      List<MetricsFile.Input> inputs,
      MetricsFile.Rejected rejected,
      @JsonUnwrapped RerankMetrics metrics,
      List<WrittenFile> files) {
    static final String FORMAT = "bisift-rerank/1";
  }

  /**
   * @param id of the run
   */
  public RerankFinisher(Storage storage, RerankParameters parameters, String tool, String id) {
    this.storage = storage;
    this.parameters = parameters;
    this.tool = tool;
    this.id = id;
  }

  /** Completes the reranking. */
  public void finish(
      List<SourceFile> files,
      List<ChunkOutcome> outcomes,
      List<ProblemChances> problems,
      List<WrittenFile> written,
      String runner)
      throws IOException {
    ResultFolder folder = new ResultFolder(storage, parameters.output());
    folder.requireOwner(id);
    RerankMetrics metrics = RerankMetrics.of(problems, parameters.replicates(), parameters.seed());
    MetricsFile.Rejected rejected = MetricsFile.Rejected.of(outcomes);
    EvaluationFinisher.requireFewRejected(
        parameters.maxRejected(), rejected.items(), metrics.candidates(), parameters.output());
    File file =
        new File(
            File.FORMAT,
            tool,
            parameters.withoutPaths(),
            MetricsFile.Input.of(files),
            rejected,
            metrics,
            written.stream().sorted(Comparator.comparing(WrittenFile::name)).toList());
    String subject = String.join(", ", files.stream().map(SourceFile::input).toList());
    folder.complete(report(subject, metrics, rejected.items()), Json.pretty(file), runner, id);
  }

  private static String report(String subject, RerankMetrics metrics, long rejected) {
    Page page = new Page("Best of N", subject);
    page.paragraph(
        String.format(
            Locale.ROOT,
            "%,d problems with %,d candidates (%d to %d each); %,d candidates were rejected. A"
                + " problem with fewer than N candidates counts with all it has. Best-of-N and"
                + " pass@N are means over all subsets of N candidates, votes over seeded subsets;"
                + " intervals hold 95 %% of resamplings of problems.",
            metrics.problems(),
            metrics.candidates(),
            metrics.fewest(),
            metrics.most(),
            rejected));
    List<String> headings = new ArrayList<>(List.of("chosen by"));
    List<List<String>> rows = new ArrayList<>();
    metrics
        .curves()
        .forEach(
            (name, curve) -> {
              List<String> row = new ArrayList<>(List.of(name.replace('_', ' ')));
              for (RerankMetrics.At at : curve) {
                row.add(
                    EvaluationReport.figure(at.accuracy())
                        + (at.interval() == null
                            ? ""
                            : " ("
                                + EvaluationReport.figure(at.interval().low())
                                + "–"
                                + EvaluationReport.figure(at.interval().high())
                                + ")"));
                if (rows.isEmpty()) {
                  headings.add("N = " + at.n());
                }
              }
              rows.add(row);
            });
    page.table(headings, rows);
    if (metrics.problems() > 0) {
      page.plots(List.of(plot(metrics)));
    }
    return page.finish();
  }

  private static Plot plot(RerankMetrics metrics) {
    double lowest = 1;
    double highest = 0;
    for (List<RerankMetrics.At> curve : metrics.curves().values()) {
      for (RerankMetrics.At at : curve) {
        lowest = Math.min(lowest, at.accuracy());
        highest = Math.max(highest, at.accuracy());
      }
    }
    Plot plot =
        new Plot(
            "Right answers by N",
            Axis.around("log2 N", 0, Math.max(1, log2(metrics.most()))),
            Axis.around("share of problems", lowest, highest));
    metrics
        .curves()
        .forEach(
            (name, curve) ->
                plot.dots(
                    name.replace('_', ' '),
                    curve.stream().mapToDouble(at -> log2(at.n())).toArray(),
                    curve.stream().mapToDouble(RerankMetrics.At::accuracy).toArray()));
    return plot;
  }

  private static double log2(int n) {
    return Math.log(n) / Math.log(2);
  }
}
