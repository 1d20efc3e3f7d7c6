package io.bisift.pipelines.convert;

import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.options.ClientOptions;
import io.bisift.pipelines.run.DatasetRun;
import java.util.List;

/** {@code bisift convert}. */
public final class ConvertCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends ConvertOptions, ClientOptions {}

  @Override
  public String name() {
    return "convert";
  }

  @Override
  public String summary() {
    return "turn all rollouts into a training set";
  }

  @Override
  public String description() {
    return "Writes every usable rollout as sharded training files with an index, the rejected"
        + " records and a manifest. Steps without text or score are left out one by one.";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift convert --annotations raw/annotations --output sets/all",
        "bisift convert --annotations raw/annotations --output sets/all-soft --labels soft"
            + " --compression zstd",
        "bisift convert --annotations raw/ai2d.jsonl raw/chartqa.jsonl.gz --output sets/two"
            + " --shards 4",
        "bisift convert --annotations raw/annotations --image-root raw --output sets/checked"
            + " --max-rejected 0.01");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    return DatasetRun.run(invocation, Options.class, ConvertPipeline::runs);
  }
}
