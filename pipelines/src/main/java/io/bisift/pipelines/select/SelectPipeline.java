package io.bisift.pipelines.select;

import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunParameters;
import io.bisift.pipelines.options.ParameterReader;
import io.bisift.pipelines.run.Template;

/** Starts a selection and does not wait for it: what templates and clusters call. */
public final class SelectPipeline {
  private SelectPipeline() {}

  public static void main(String[] args) {
    Template.main(SelectOptions.class, SelectPipeline::parameters, args);
  }

  static RunParameters parameters(SelectOptions options) {
    return ParameterReader.read(options, Command.SELECT, options.getTopRatio());
  }
}
