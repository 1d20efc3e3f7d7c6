package io.bisift.pipelines.run;

import io.bisift.beam.file.BuildDataset;
import io.bisift.formats.output.RunParameters;
import io.bisift.pipelines.commandline.ArgumentParser;
import io.bisift.pipelines.commandline.Version;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** What the {@code main} of a pipeline does: builds the graph and starts it. Touches no file. */
public final class Template {
  private Template() {}

  /** The options that some arguments give; the rules are those of the command line. */
  public static <T extends PipelineOptions> T options(Class<T> type, String... args) {
    return ArgumentParser.parse(type, args);
  }

  /** Starts the pipeline and returns at once, where the runner does. */
  public static PipelineResult start(PipelineOptions options, RunParameters parameters) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(
        "BuildDataset", BuildDataset.of(parameters, Version.tool(), UUID.randomUUID().toString()));
    return pipeline.run();
  }
}
