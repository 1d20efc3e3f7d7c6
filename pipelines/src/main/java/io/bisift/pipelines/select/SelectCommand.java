package io.bisift.pipelines.select;

import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.options.ClientOptions;
import io.bisift.pipelines.run.DatasetRun;
import java.util.List;

/** {@code bisift select}. */
public final class SelectCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends SelectOptions, ClientOptions {}

  @Override
  public String name() {
    return "select";
  }

  @Override
  public String summary() {
    return "keep the most informative fraction of each source, as a training set";
  }

  @Override
  public String description() {
    return "Ranks the rollouts of each source by the Balanced-Information Score (arXiv 2602.04145),"
        + " keeps the best fraction of each, and writes them as sharded training files with an"
        + " index, the rejected records and a manifest.";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift select --annotations raw/annotations --output sets/bis-25",
        "bisift select --annotations raw/annotations.zip --output sets/bis-10 --top-ratio 0.1"
            + " --alpha 0.2",
        "bisift select --annotations raw/annotations --dry-run",
        "bisift select --annotations 'gs://bucket/raw/*.jsonl.gz' --output gs://bucket/sets/bis-25"
            + " --labels soft --compression zstd");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    return DatasetRun.run(invocation, Options.class, SelectPipeline::runs);
  }
}
