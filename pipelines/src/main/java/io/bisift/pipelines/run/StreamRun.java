package io.bisift.pipelines.run;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamManifest;
import io.bisift.pipelines.commandline.Screen;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/** The client side of a stream: tells of each version until the process is stopped. */
public final class StreamRun {
  private final Screen screen;
  private final StreamFolder folder;
  private final String output;
  private final boolean quiet;
  private final BeamJob job;
  private long told;

  /**
   * @param output that the folder is called
   */
  public StreamRun(
      Screen screen, PipelineOptions options, StreamFolder folder, String output, boolean quiet) {
    this.screen = screen;
    this.job = new BeamJob(options);
    this.folder = folder;
    this.output = output;
    this.quiet = quiet;
    QuietLog.install(screen);
  }

  /** Runs the pipeline until it ends or the process is stopped. */
  public void execute(String name, PTransform<PBegin, PDone> graph) throws IOException {
    told = folder.latestVersion();
    String advice =
        "stopped; the set in "
            + output
            + " is complete as of its latest version, and the same command goes on from there";
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    try (Interruption interruption = Interruption.watch(screen, () -> {}, advice)) {
      interruption.cancelling(job::cancel);
      if (!quiet) {
        ScheduledFuture<?> unused =
            watch.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
      }
      try {
        job.run(name, graph, Set.of(PipelineResult.State.DONE, PipelineResult.State.CANCELLED));
      } finally {
        watch.shutdownNow();
        interruption.awaitIfUnderWay();
      }
    }
  }

  /** Tells of the latest version, if it is a new one. */
  private void tell() {
    try {
      long latest = folder.latestVersion();
      if (latest > told) {
        told = latest;
        StreamManifest.Counts totals = folder.manifest(latest).totals();
        screen.note(
            String.format(
                Locale.ROOT,
                "version %,d: %,d records, %,d rejected, %,d kept",
                latest,
                totals.records(),
                totals.rejected(),
                totals.kept()));
      }
    } catch (IOException | RuntimeException e) {
      screen.note("cannot look at " + output + ": " + e.getMessage());
    }
  }
}
