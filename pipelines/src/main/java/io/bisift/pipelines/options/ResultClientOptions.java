package io.bisift.pipelines.options;

import org.apache.beam.sdk.options.Description;

/** What an evaluation or a reranking is told that only the command line does, and no template. */
@Heading("Command line")
public interface ResultClientOptions extends ResultOptions {
  @Description("Print errors only: no progress, and no table at the end")
  boolean getQuiet();

  void setQuiet(boolean quiet);
}
