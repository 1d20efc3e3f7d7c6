package io.bisift.runners.dataflow;

import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.convert.ConvertCommand;
import io.bisift.pipelines.convert.ConvertOptions;
import io.bisift.pipelines.convert.ConvertPipeline;
import io.bisift.pipelines.evaluate.EvaluateCommand;
import io.bisift.pipelines.evaluate.EvaluateOptions;
import io.bisift.pipelines.evaluate.EvaluatePipeline;
import io.bisift.pipelines.rerank.RerankCommand;
import io.bisift.pipelines.rerank.RerankOptions;
import io.bisift.pipelines.rerank.RerankPipeline;
import io.bisift.pipelines.select.SelectCommand;
import io.bisift.pipelines.select.SelectOptions;
import io.bisift.pipelines.select.SelectPipeline;
import io.bisift.pipelines.stream.StreamCommand;
import io.bisift.pipelines.stream.StreamOptions;
import io.bisift.pipelines.stream.StreamPipeline;
import java.util.Locale;
import org.apache.beam.sdk.options.PipelineOptions;

/** The pipelines that there are flex templates of. */
@SuppressWarnings("ImmutableEnumChecker") // commands hold nothing
enum FlexTemplate {
  SELECT(new SelectCommand(), SelectOptions.class, SelectPipeline.class),
  CONVERT(new ConvertCommand(), ConvertOptions.class, ConvertPipeline.class),
  EVALUATE(new EvaluateCommand(), EvaluateOptions.class, EvaluatePipeline.class),
  RERANK(new RerankCommand(), RerankOptions.class, RerankPipeline.class),
  STREAM(new StreamCommand(), StreamOptions.class, StreamPipeline.class);

  private final CliCommand command;
  private final Class<? extends PipelineOptions> options;
  private final Class<?> main;

  FlexTemplate(CliCommand command, Class<? extends PipelineOptions> options, Class<?> main) {
    this.command = command;
    this.options = options;
    this.main = main;
  }

  /** As in file names and on command lines. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  CliCommand command() {
    return command;
  }

  /** The pipeline's own options, without those of the client. */
  Class<? extends PipelineOptions> options() {
    return options;
  }

  /** Whether its jobs run until they are stopped. */
  boolean isStreaming() {
    return this == STREAM;
  }

  String mainClass() {
    return main.getName();
  }
}
