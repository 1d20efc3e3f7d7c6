package io.bisift.runners.flink;

import io.bisift.runners.flink.rest.FlinkRest;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.beam.runners.flink.FlinkDetachedRunnerResult;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Beam's Flink runner for a client that watches: sends the cluster this jar and nothing of the
 * client's, and its result tells why a job failed, which that of a detached job does not.
 */
public final class WatchedFlinkRunner extends PipelineRunner<PipelineResult> {
  /** Held, or Java would forget the level. */
  private static final Logger FLINK = Logger.getLogger("org.apache.flink");

  private final FlinkPipelineOptions options;

  private WatchedFlinkRunner(FlinkPipelineOptions options) {
    this.options = options;
  }

  /** Beam's way to make a runner. */
  public static WatchedFlinkRunner fromOptions(PipelineOptions options) {
    return new WatchedFlinkRunner(options.as(FlinkPipelineOptions.class));
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    FLINK.setLevel(Level.SEVERE); // it warns of its own long names, line by line
    options.setRunner(FlinkRunner.class); // what the pipeline reports, and workers know
    if (options.getFilesToStage() == null) {
      options.setFilesToStage(jar());
    }
    PipelineResult result = FlinkRunner.fromOptions(options).run(pipeline);
    return result instanceof FlinkDetachedRunnerResult
        ? new WatchedResult(result, FlinkRest.at(options.getFlinkMaster()), options.getJobName())
        : result;
  }

  /** The jar that this class is in; nothing if it was not started from the jar. */
  private static List<String> jar() {
    try {
      Path path =
          Path.of(
              WatchedFlinkRunner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isRegularFile(path) ? List.of(path.toString()) : List.of();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
