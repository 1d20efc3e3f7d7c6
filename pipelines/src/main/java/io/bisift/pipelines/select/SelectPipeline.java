package io.bisift.pipelines.select;

import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.pipelines.options.ParameterReader;
import io.bisift.pipelines.run.Template;
import java.util.List;

/** Starts a selection and does not wait for it: what templates and clusters call. */
public final class SelectPipeline {
  private SelectPipeline() {}

  public static void main(String[] args) {
    Template.main(SelectOptions.class, SelectPipeline::runs, args);
  }

  static RunGroup runs(SelectOptions options) {
    RunParameters whole = ParameterReader.read(options, Command.SELECT, options.getTopRatio());
    List<String> subsets = options.getSubset();
    return subsets == null || subsets.isEmpty()
        ? RunGroup.of(whole)
        : SubsetReader.read(whole, subsets);
  }
}
