package io.bisift.pipelines.rerank;

import io.bisift.beam.evaluate.RerankCandidates;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.run.Template;
import java.util.UUID;

/** Starts a reranking and does not wait for it: what templates and clusters call. */
public final class RerankPipeline {
  private RerankPipeline() {}

  public static void main(String[] args) {
    Template.main(
        RerankOptions.class,
        "RerankCandidates",
        options ->
            RerankCandidates.of(
                RerankReader.read(options), Version.tool(), UUID.randomUUID().toString()),
        args);
  }
}
