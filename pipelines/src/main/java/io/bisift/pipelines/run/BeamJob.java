package io.bisift.pipelines.run;

import io.bisift.core.UserException;
import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/** A pipeline that this process waits for; from other threads it can be looked at and cancelled. */
final class BeamJob {
  private final PipelineOptions options;
  private volatile @Nullable PipelineResult result;

  BeamJob(PipelineOptions options) {
    this.options = options;
  }

  /**
   * Runs the pipeline and waits for its end.
   *
   * @throws UserException if it does not end in one of these states
   */
  void run(String name, PTransform<PBegin, PDone> graph, Set<PipelineResult.State> ends) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(name, graph);
    PipelineResult running = pipeline.run();
    result = running;
    PipelineResult.State state = running.waitUntilFinish();
    if (!ends.contains(state)) {
      throw UserException.failure("the pipeline ended as " + state);
    }
  }

  /** What runs, or ran last; null before. */
  @Nullable PipelineResult result() {
    return result;
  }

  /** Cancels what runs, if anything does. */
  void cancel() throws IOException {
    PipelineResult running = result;
    if (running != null) {
      running.cancel();
    }
  }
}
