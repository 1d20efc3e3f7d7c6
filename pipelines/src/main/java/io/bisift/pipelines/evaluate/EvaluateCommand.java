package io.bisift.pipelines.evaluate;

import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.options.ResultClientOptions;
import io.bisift.pipelines.run.ResultRun;
import java.io.IOException;
import java.util.List;

/** {@code bisift evaluate}. */
public final class EvaluateCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends EvaluateOptions, ResultClientOptions {}

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
    return ResultRun.run(invocation, Options.class, EvaluateReader::read, new Evaluating());
  }
}
