package io.bisift.pipelines.rerank;

import io.bisift.core.UserException;
import io.bisift.formats.evaluate.RerankParameters;
import io.bisift.pipelines.evaluate.EvaluateReader;
import io.bisift.pipelines.options.LocalPath;

/** Turns options into what a reranking is told. */
final class RerankReader {
  private RerankReader() {}

  /**
   * What the options mean together.
   *
   * @throws UserException if a value is missing or makes no sense
   */
  static RerankParameters read(RerankOptions options) {
    String imageRoot = options.getImageRoot();
    return new RerankParameters(
        EvaluateReader.paths(options.getCandidates()),
        imageRoot == null ? null : LocalPath.of(imageRoot),
        EvaluateReader.scorer(options),
        options.getOutput() == null ? "" : LocalPath.of(options.getOutput()),
        options.getBootstrap(),
        options.getSeed(),
        options.getBatchSize(),
        options.getMaxRejected(),
        options.getForce());
  }
}
