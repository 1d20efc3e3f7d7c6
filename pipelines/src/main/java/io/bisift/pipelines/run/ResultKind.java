package io.bisift.pipelines.run;

import io.bisift.formats.evaluate.LocalEvaluation;
import io.bisift.formats.evaluate.ResultParameters;
import java.io.IOException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/**
 * What is special about evaluating, or about reranking.
 *
 * @param <P> what it is told
 */
public interface ResultKind<P extends ResultParameters> {
  /** Of the graph's one transform. */
  String transform();

  /**
   * The work as a graph.
   *
   * @param id of the run
   */
  PTransform<PBegin, PDone> graph(P parameters, String id);

  /** The work by threads of this process. */
  void write(LocalEvaluation local, P parameters, String id) throws IOException;

  /** What of {@code metrics.json} is told at the end. */
  String table(String metricsJson);
}
