package io.bisift.pipelines.evaluate;

import io.bisift.beam.evaluate.EvaluateItems;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.formats.evaluate.EvaluationPlan;
import io.bisift.formats.source.SourceFile;
import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.run.ResultRun;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.Description;

/** {@code bisift evaluate}. */
public final class EvaluateCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends EvaluateOptions {
    @Description("Print errors only: no progress, and no table at the end")
    boolean getQuiet();

    void setQuiet(boolean quiet);
  }

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "score a benchmark's steps, and tell how well right and wrong are told apart";
  }

  @Override
  public String description() {
    return "Scores the steps of VisualProcessBench with a checkpoint, or takes ready scores, and"
        + " writes the scores, metrics.json and report.html. A run that was stopped is taken up"
        + " again by the same command, which scores nothing twice.";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift evaluate --scores pipelines/sample/scores.jsonl --output out/evaluation",
        "bisift evaluate --checkpoint checkpoints/bis-10 --annotations"
            + " VisualProcessBench/test.jsonl --image-root VisualProcessBench/images --output"
            + " runs/bis-10",
        "bisift evaluate --scores results/visualprocessbench_250101.json --output runs/reference"
            + " --threshold reference",
        "bisift evaluate --scores runs/bis-10 --output runs/bis-10-kfold --threshold kfold");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Options options = invocation.options(Options.class);
    EvaluationParameters parameters = EvaluateReader.read(options);
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
      run.execute("EvaluateItems", id -> EvaluateItems.of(parameters, Version.tool(), id));
    }
    run.report(EvaluationTable::of);
    return ExitCode.OK;
  }
}
