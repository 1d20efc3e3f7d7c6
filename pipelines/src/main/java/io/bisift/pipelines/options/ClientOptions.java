package io.bisift.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What only the command line does, and no template. */
@Heading("Command line")
public interface ClientOptions extends PipelineOptions {
  @Description(
      "Write nothing; say for each source what would be kept, where it would be cut, and how much"
          + " would be written. --output can be left out then")
  boolean getDryRun();

  void setDryRun(boolean dryRun);

  @Description("Print errors only: no progress, and no table at the end")
  boolean getQuiet();

  void setQuiet(boolean quiet);
}
