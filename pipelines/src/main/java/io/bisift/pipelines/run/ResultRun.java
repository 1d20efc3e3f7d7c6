package io.bisift.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.formats.evaluate.EvaluationPlan;
import io.bisift.formats.evaluate.MetricsFile;
import io.bisift.formats.evaluate.ResultFolder;
import io.bisift.formats.evaluate.ResultParameters;
import io.bisift.formats.output.Json;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.options.ResultClientOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client side of an evaluation or a reranking: looks before, watches, and tells the outcome.
 */
public final class ResultRun {
  private final ResultDriver driver;
  private final ResultParameters parameters;
  private final Screen screen;
  private final boolean quiet;
  private final Storage storage;
  private final ResultFolder folder;
  private final String id = UUID.randomUUID().toString();
  private final long start = System.nanoTime();

  private ResultRun(
      ResultDriver driver, ResultParameters parameters, Screen screen, boolean quiet) {
    this.driver = driver;
    this.parameters = parameters;
    this.screen = screen;
    this.quiet = quiet;
    this.storage = driver.storage();
    this.folder = new ResultFolder(storage, parameters.output());
  }

  /**
   * Does what a command line asks for, or says why that is not needed: by threads of this process
   * where it can reach all files without Beam and nothing of Beam's is asked for, else by Beam.
   *
   * @param type the command's options
   * @param reader what they mean
   * @return the exit code
   * @throws UserException if the run cannot start, or fails in a way that can be mended
   */
  public static <T extends ResultClientOptions, P extends ResultParameters> int run(
      Invocation invocation, Class<T> type, Function<T, P> reader, ResultKind<P> kind)
      throws IOException {
    T options = invocation.options(type);
    P parameters = reader.apply(options);
    Screen screen = invocation.screen();
    QuietLog.install(screen);
    boolean local = !invocation.asksForBeam() && parameters.paths().allMatch(Storages::knows);
    ResultDriver driver =
        local
            ? new LocalResultDriver<>(kind, parameters, options.getParallelism())
            : new BeamResultDriver<>(kind, parameters, invocation.beamOptions(type));
    ResultRun run = new ResultRun(driver, parameters, screen, options.getQuiet());
    String outcome = run.outcome(invocation.worksHere());
    if (!options.getQuiet()) {
      screen.result(kind.table(run.metrics()));
      screen.result(parameters.output() + ": " + outcome);
    }
    return ExitCode.OK;
  }

  private String outcome(boolean worksHere) throws IOException {
    List<SourceFile> inputs = EvaluationPlan.files(storage, parameters);
    if (isUpToDate(inputs)) {
      return "complete and up to date, nothing to do";
    }
    if (parameters.scorer() != null && worksHere) {
      StepScorerProvider.find(); // told before anything is started
    }
    write();
    return "done in " + Durations.format(System.nanoTime() - start);
  }

  /**
   * Whether the folder holds what the run would make again.
   *
   * @throws UserException if it holds something else that the run may not replace
   */
  private boolean isUpToDate(List<SourceFile> inputs) throws IOException {
    if (storage.isFile(parameters.output())) {
      throw UserException.usage("--output " + parameters.output() + " is a file; name a folder");
    }
    ResultFolder.State state = folder.state();
    if (state != ResultFolder.State.COMPLETE || parameters.force()) {
      folder.requireFree(parameters.force());
      if (state == ResultFolder.State.UNFINISHED && !quiet) {
        screen.note(parameters.output() + " holds an unfinished run; taking it up again");
      }
      return false;
    }
    Map<?, ?> before = folder.run().orElseThrow().parameters();
    Map<?, ?> now = Json.parse(Json.pretty(parameters.asOptions()), Map.class);
    if (!before.equals(now) || !sameInputs(inputs)) {
      throw UserException.usage(
          parameters.output()
              + " holds the outcome of another run (other options or input files); --force"
              + " replaces it, or name another --output");
    }
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

  private void write() throws IOException {
    String advice =
        "interrupted; what has been scored is kept in "
            + parameters.output()
            + ". The same command takes it up again";
    try (Interruption interruption = Interruption.watch(screen, this::removeTemporary, advice)) {
      interruption.cancelling(driver::cancel);
      Progress progress = quiet ? null : new Progress(screen, this::progress);
      try {
        driver.write(id);
      } finally {
        if (progress != null) {
          progress.close();
        }
        interruption.awaitIfUnderWay();
      }
    }
  }

  /** Best effort: the next run clears what is left. Another run's files stay. */
  private void removeTemporary() {
    try {
      if (folder.run().filter(run -> run.id().equals(id)).isPresent()) {
        folder.removeTemporary();
      }
    } catch (IOException | RuntimeException e) {
      screen.note("could not remove temporary files: " + e.getMessage());
    }
  }

  private String progress() {
    ResultDriver.Done done = driver.done();
    String line = String.format(Locale.ROOT, "%,d items", done.items());
    return done.before() == 0
        ? line
        : line + String.format(Locale.ROOT, ", %,d of them by an earlier run", done.before());
  }

  private String metrics() throws IOException {
    return folder
        .text(ResultFolder.METRICS)
        .orElseThrow(
            () -> UserException.failure(parameters.output() + " has no readable metrics.json"));
  }
}
