package io.bisift.pipelines.rerank;

import io.bisift.pipelines.run.Template;

/** Starts a reranking and does not wait for it: what templates and clusters call. */
public final class RerankPipeline {
  private RerankPipeline() {}

  public static void main(String[] args) {
    Template.main(RerankOptions.class, RerankReader::read, new Reranking(), args);
  }
}
