package io.bisift.pipelines.run;

import io.bisift.beam.file.BuildDataset;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunFile;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.storage.Storage;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.ClientOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** The client side of a run: looks before it starts anything, watches, and tells the outcome. */
public final class DatasetRun {
  private final PipelineOptions options;
  private final ClientOptions client;
  private final Screen screen;
  private final Storage storage = new BeamStorage();
  private final String id = UUID.randomUUID().toString();
  private final long start = System.nanoTime();

  /**
   * @param client the same options, as the command line's
   */
  public DatasetRun(PipelineOptions options, ClientOptions client, Screen screen) {
    this.options = options;
    this.client = client;
    this.screen = screen;
  }

  /**
   * Makes the set, or says why that is not needed.
   *
   * @return the exit code
   * @throws UserException if the run cannot start, or fails in a way that can be mended
   */
  public int run(RunParameters parameters) throws IOException {
    QuietLog.install(screen);
    FileSystems.setDefaultPipelineOptions(options);
    if (storage.isFile(parameters.output())) {
      throw UserException.usage("--output " + parameters.output() + " is a file; name a folder");
    }
    OutputFolder folder = new OutputFolder(storage, parameters.output());
    folder.requireFree(/* force= */ true); // a complete set is looked at below
    requireFolder(parameters.imageRoot());
    List<SourceFile> sources = new SourceFinder(storage).find(parameters.annotations());
    if (client.getDryRun()) {
      return dryRun(parameters, sources);
    }
    OutputFolder.State state = folder.state();
    if (state == OutputFolder.State.COMPLETE && !parameters.force()) {
      Manifest manifest = new Rerun(storage, folder, parameters, sources).requireUpToDate();
      report(manifest, parameters, upToDate(manifest));
      return ExitCode.OK;
    }
    if (state == OutputFolder.State.UNFINISHED) {
      String begun = folder.runFile().map(RunFile::started).orElse("an unknown time");
      note(parameters.output() + " holds an unfinished run of " + begun + "; taking it up again");
    }
    return write(parameters, folder, sources);
  }

  private void requireFolder(@Nullable String imageRoot) throws IOException {
    if (imageRoot != null
        && !storage.isFolder(imageRoot)
        && storage.listAll(imageRoot).isEmpty()) { // an object store may have files further below
      throw UserException.usage("--image-root " + imageRoot + " is not a folder");
    }
  }

  private static String upToDate(Manifest manifest) {
    String outcome = "complete and up to date, nothing to do";
    return manifest.parameters().imagesChecked()
        ? outcome + "; pictures were not looked for again, --force does that"
        : outcome;
  }

  private int write(RunParameters parameters, OutputFolder folder, List<SourceFile> sources)
      throws IOException {
    Runnable cleanUp = () -> removeTemporary(folder);
    String advice =
        "interrupted; nothing in "
            + parameters.output()
            + " is complete until its manifest.json is there. The same command takes it up again";
    try {
      execute(BuildDataset.of(parameters, Version.tool(), id), sources, cleanUp, advice);
    } catch (RuntimeException e) {
      cleanUp.run();
      throw e;
    }
    Manifest manifest =
        folder
            .manifest()
            .orElseThrow(
                () -> UserException.failure(parameters.output() + " has no readable manifest"));
    report(manifest, parameters, "done in " + Durations.format(System.nanoTime() - start));
    return ExitCode.OK;
  }

  private int dryRun(RunParameters parameters, List<SourceFile> sources) throws IOException {
    String folder = options.getTempLocation();
    String path =
        Storage.resolve(
            folder == null ? System.getProperty("java.io.tmpdir") : folder,
            "bisift-plan-" + id + ".json");
    Runnable cleanUp = () -> remove(path);
    try {
      BuildDataset graph = BuildDataset.of(parameters, Version.tool(), id).asDryRun(path);
      execute(graph, sources, cleanUp, "interrupted; nothing was written");
      Manifest plan;
      try (InputStream in = Channels.newInputStream(storage.open(path))) {
        plan = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), Manifest.class);
      }
      screen.result(Tables.plan(plan));
      SetFinisher.requireFewRejected(parameters, plan);
      return ExitCode.OK;
    } finally {
      cleanUp.run();
    }
  }

  private void execute(
      BuildDataset graph, List<SourceFile> sources, Runnable cleanUp, String advice) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("BuildDataset", graph);
    long bytes = sources.stream().mapToLong(SourceFile::size).sum();
    try (Interruption interruption = Interruption.watch(screen, cleanUp, advice)) {
      PipelineResult result = pipeline.run();
      interruption.cancelling(result::cancel);
      Optional<Progress> progress = watch(result, bytes);
      try {
        await(result);
      } finally {
        progress.ifPresent(Progress::close);
        interruption.awaitIfUnderWay();
      }
    }
  }

  private Optional<Progress> watch(PipelineResult result, long bytes) {
    if (client.getQuiet()) {
      return Optional.empty();
    }
    ProgressLine line = new ProgressLine(bytes);
    return Optional.of(new Progress(screen, () -> line.at(Counters.of(result), System.nanoTime())));
  }

  private static void await(PipelineResult result) {
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw UserException.failure("the pipeline ended as " + state);
    }
  }

  private void report(Manifest manifest, RunParameters parameters, String outcome) {
    if (!client.getQuiet()) {
      screen.result(Tables.complete(manifest, parameters.output()));
      screen.result(parameters.output() + ": " + outcome);
    }
  }

  private void note(String text) {
    if (!client.getQuiet()) {
      screen.note(text);
    }
  }

  /** Best effort: the next run clears what is left. Another run's files stay. */
  private void removeTemporary(OutputFolder folder) {
    try {
      if (folder.runFile().filter(run -> run.id().equals(id)).isPresent()) {
        folder.removeTemporary();
      }
    } catch (IOException | RuntimeException e) {
      screen.note("could not remove temporary files: " + e.getMessage());
    }
  }

  private void remove(String path) {
    try {
      storage.delete(List.of(path));
    } catch (IOException e) {
      screen.note("could not remove " + path + ": " + e.getMessage());
    }
  }
}
