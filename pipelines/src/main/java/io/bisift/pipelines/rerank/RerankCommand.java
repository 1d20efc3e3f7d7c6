package io.bisift.pipelines.rerank;

import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.options.ResultClientOptions;
import io.bisift.pipelines.run.ResultRun;
import java.io.IOException;
import java.util.List;

/** {@code bisift rerank}. */
public final class RerankCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends RerankOptions, ResultClientOptions {}

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
    return ResultRun.run(invocation, Options.class, RerankReader::read, new Reranking());
  }
}
