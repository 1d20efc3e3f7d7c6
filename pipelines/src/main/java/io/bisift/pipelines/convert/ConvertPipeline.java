package io.bisift.pipelines.convert;

import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunGroup;
import io.bisift.pipelines.options.ParameterReader;
import io.bisift.pipelines.run.Template;

/** Starts a conversion and does not wait for it: what templates and clusters call. */
public final class ConvertPipeline {
  private ConvertPipeline() {}

  public static void main(String[] args) {
    Template.main(ConvertOptions.class, ConvertPipeline::runs, args);
  }

  static RunGroup runs(ConvertOptions options) {
    return RunGroup.of(ParameterReader.read(options, Command.CONVERT, /* topRatio= */ null));
  }
}
