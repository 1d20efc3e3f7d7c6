package io.bisift.pipelines.stream;

import io.bisift.pipelines.run.Template;

/** Starts a stream and does not wait for it: what templates and clusters call. */
public final class StreamPipeline {
  private StreamPipeline() {}

  public static void main(String[] args) {
    Template.main(StreamOptions.class, "GrowSet", StreamReader::graph, args);
  }
}
