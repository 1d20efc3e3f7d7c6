package io.bisift.pipelines.rerank;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.beam.evaluate.RerankCandidates;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.UserException;
import io.bisift.core.rerank.RerankMetrics;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.formats.evaluate.EvaluationPlan;
import io.bisift.formats.evaluate.RerankParameters;
import io.bisift.formats.output.Json;
import io.bisift.formats.source.SourceFile;
import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.run.ResultRun;
import io.bisift.pipelines.run.TextTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.options.Description;

/** {@code bisift rerank}. */
public final class RerankCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends RerankOptions {
    @Description("Print errors only: no progress, and no table at the end")
    boolean getQuiet();

    void setQuiet(boolean quiet);
  }

  @Override
  public String name() {
    return "rerank";
  }

  @Override
  public String summary() {
    return "choose the best of N solutions by their step scores, and tell how often it is right";
  }

  @Override
  public String description() {
    return "Scores the candidates of each problem, or takes their scores, makes one score of each"
        + " by eight aggregations, and writes the accuracy of the best of N = 1, 2, 4 and so on,"
        + " beside pass@N and majority vote.";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift rerank --candidates pipelines/sample/candidates.jsonl --output out/rerank",
        "bisift rerank --candidates rollouts/mathvista.jsonl --checkpoint checkpoints/bis-10"
            + " --image-root images --output runs/bis-10-mathvista");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Options options = invocation.options(Options.class);
    RerankParameters parameters = RerankReader.read(options);
    ResultRun run =
        new ResultRun(
            invocation,
            invocation.beamOptions(Options.class),
            parameters.output(),
            options.getQuiet());
    List<SourceFile> files = EvaluationPlan.files(new BeamStorage(), parameters);
    if (!run.isUpToDate(parameters.asOptions(), parameters.force(), files)) {
      if (parameters.scorer() != null) {
        StepScorerProvider.find(); // told before anything is started
      }
      run.execute("RerankCandidates", id -> RerankCandidates.of(parameters, Version.tool(), id));
    }
    run.report(RerankCommand::table);
    return ExitCode.OK;
  }

  private static String table(String metricsJson) {
    RerankMetrics metrics;
    try {
      metrics = Json.parse(metricsJson, RerankMetrics.class);
    } catch (JsonProcessingException e) {
      throw UserException.failure("metrics.json cannot be read: " + e.getOriginalMessage(), e);
    }
    List<String> headings = new ArrayList<>(List.of("chosen by"));
    metrics.curves().values().stream()
        .findFirst()
        .ifPresent(curve -> curve.forEach(at -> headings.add("N=" + at.n())));
    TextTable table = new TextTable(headings.toArray(String[]::new));
    for (Map.Entry<String, List<RerankMetrics.At>> curve : metrics.curves().entrySet()) {
      List<String> row = new ArrayList<>(List.of(curve.getKey().replace('_', ' ')));
      curve.getValue().forEach(at -> row.add(String.format(Locale.ROOT, "%.4f", at.accuracy())));
      table.row(row.toArray(String[]::new));
    }
    return table
        + String.format(
            Locale.ROOT,
            "%n%,d problems, %,d candidates (%d to %d each)",
            metrics.problems(),
            metrics.candidates(),
            metrics.fewest(),
            metrics.most());
  }
}
