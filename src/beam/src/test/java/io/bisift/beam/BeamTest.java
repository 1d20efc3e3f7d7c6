package io.bisift.beam;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A pipeline per test method, on the direct runner with its checks on. A test that builds a
 * pipeline and forgets to run it fails.
 */
public final class BeamTest implements BeforeEachCallback, AfterEachCallback {
  private Pipeline pipeline;
  private boolean used;
  private boolean run;

  /** The pipeline of this test. */
  public Pipeline pipeline() {
    used = true;
    return pipeline;
  }

  /** Runs it to its end. */
  public PipelineResult.State run() {
    run = true;
    return pipeline.run().waitUntilFinish();
  }

  /** What a runner wrapped into exceptions of its own. */
  public static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=2").create();
    options.setStableUniqueNames(PipelineOptions.CheckEnabled.ERROR);
    pipeline = Pipeline.create(options);
    used = false;
    run = false;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (used && !run && context.getExecutionException().isEmpty()) {
      throw new AssertionError("the pipeline was built and never run");
    }
  }
}
