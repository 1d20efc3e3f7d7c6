package io.bisift.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.beam.evaluate.EvaluateItems;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.UserException;
import io.bisift.formats.evaluate.MetricsFile;
import io.bisift.formats.evaluate.ResultFolder;
import io.bisift.formats.output.Json;
import io.bisift.formats.source.SourceFile;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Screen;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * The client side of an evaluation or a reranking: looks before, watches, and tells the outcome.
 */
public final class ResultRun {
  private final PipelineOptions options;
  private final Screen screen;
  private final String output;
  private final boolean quiet;
  private final ResultFolder folder;
  private final BeamStorage storage = new BeamStorage();
  private final long start = System.nanoTime();
  private volatile @Nullable PipelineResult result;
  private String outcome = "";

  /**
   * @param options in Beam's form
   * @param output the folder that is written
   */
  public ResultRun(Invocation invocation, PipelineOptions options, String output, boolean quiet) {
    this.options = options;
    this.screen = invocation.screen();
    this.output = output;
    this.quiet = quiet;
    this.folder = new ResultFolder(storage, output);
    QuietLog.install(screen);
    FileSystems.setDefaultPipelineOptions(options);
  }

  /**
   * Whether the folder holds what the run would make again.
   *
   * @throws UserException if it holds something else that the run may not replace
   */
  public boolean isUpToDate(Map<String, Object> parameters, boolean force, List<SourceFile> inputs)
      throws IOException {
    if (storage.isFile(output)) {
      throw UserException.usage("--output " + output + " is a file; name a folder");
    }
    ResultFolder.State state = folder.state();
    if (state != ResultFolder.State.COMPLETE || force) {
      folder.requireFree(force);
      if (state == ResultFolder.State.UNFINISHED && !quiet) {
        screen.note(output + " holds an unfinished run; taking it up again");
      }
      return false;
    }
    Map<?, ?> before = folder.run().orElseThrow().parameters();
    Map<?, ?> now = Json.parse(Json.pretty(parameters), Map.class);
    if (!before.equals(now) || !sameInputs(inputs)) {
      throw UserException.usage(
          output
              + " holds the outcome of another run (other options or input files); --force"
              + " replaces it, or name another --output");
    }
    outcome = "complete and up to date, nothing to do";
    return true;
  }

  private boolean sameInputs(List<SourceFile> inputs) throws IOException {
    List<MetricsFile.Input> now = MetricsFile.Input.of(inputs);
    try {
      return now.equals(Json.parse(metrics(), Inputs.class).inputs());
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Of a {@code metrics.json}. */
  private record Inputs(@Nullable List<MetricsFile.Input> inputs) {}

  /**
   * Runs the pipeline to its end.
   *
   * @param name of its transform
   * @param graph by the run's id
   * @throws UserException if it fails in a way that can be mended
   */
  public void execute(String name, Function<String, PTransform<PBegin, PDone>> graph)
      throws IOException {
    String advice =
        "interrupted; what has been scored is kept in "
            + output
            + ". The same command takes it up again";
    try (Interruption interruption = Interruption.watch(screen, this::removeTemporary, advice)) {
      interruption.cancelling(this::cancel);
      Progress progress = quiet ? null : new Progress(screen, this::progress);
      try {
        Pipeline pipeline = Pipeline.create(options);
        pipeline.apply(name, graph.apply(UUID.randomUUID().toString()));
        PipelineResult running = pipeline.run();
        result = running;
        PipelineResult.State state = running.waitUntilFinish();
        if (state != PipelineResult.State.DONE) {
          throw UserException.failure("the pipeline ended as " + state);
        }
      } finally {
        if (progress != null) {
          progress.close();
        }
        interruption.awaitIfUnderWay();
      }
    }
    outcome = "done in " + Durations.format(System.nanoTime() - start);
  }

  private void cancel() throws IOException {
    PipelineResult running = result;
    if (running != null) {
      running.cancel();
    }
  }

  private void removeTemporary() {
    try {
      folder.removeTemporary();
    } catch (IOException | RuntimeException e) {
      screen.note("could not remove temporary files: " + e.getMessage());
    }
  }

  private String progress() {
    PipelineResult running = result;
    long done = 0;
    long before = 0;
    if (running != null) {
      MetricsFilter ours =
          MetricsFilter.builder()
              .addNameFilter(MetricNameFilter.inNamespace(EvaluateItems.NAMESPACE))
              .build();
      for (MetricResult<Long> counter : running.metrics().queryMetrics(ours).getCounters()) {
        String name = counter.getName().getName();
        done += name.equals(EvaluateItems.ITEMS_DONE) ? counter.getAttempted() : 0;
        before += name.equals(EvaluateItems.ITEMS_DONE_BEFORE) ? counter.getAttempted() : 0;
      }
    }
    String line = String.format(Locale.ROOT, "%,d items", done);
    return before == 0
        ? line
        : line + String.format(Locale.ROOT, ", %,d of them by an earlier run", before);
  }

  /**
   * Tells the outcome.
   *
   * @param table what of {@code metrics.json} is told
   */
  public void report(Function<String, String> table) throws IOException {
    if (!quiet) {
      screen.result(table.apply(metrics()));
      screen.result(output + ": " + outcome);
    }
  }

  private String metrics() throws IOException {
    return folder
        .text(ResultFolder.METRICS)
        .orElseThrow(() -> UserException.failure(output + " has no readable metrics.json"));
  }
}
