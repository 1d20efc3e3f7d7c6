package io.bisift.pipelines.run;

import io.bisift.core.UserException;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunFile;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.options.ClientOptions;
import io.bisift.pipelines.options.DatasetOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The client side of a run: looks before it starts anything, watches, and tells the outcome. */
public final class DatasetRun {
  private final Driver driver;
  private final ClientOptions client;
  private final boolean hasOutput;
  private final Screen screen;
  private final Storage storage;
  private final Checksums checksums;
  private final String id = UUID.randomUUID().toString();
  private final long start = System.nanoTime();

  /**
   * @param hasOutput whether a folder is named; a dry run needs none
   */
  private DatasetRun(Driver driver, ClientOptions client, boolean hasOutput, Screen screen) {
    this.driver = driver;
    this.client = client;
    this.hasOutput = hasOutput;
    this.screen = screen;
    this.storage = driver.storage();
    this.checksums = new Checksums(storage);
  }

  /**
   * Makes the sets that a command line asks for, or says why that is not needed: by threads of this
   * process where it can reach all files without Beam and nothing of Beam's is asked for, else by
   * Beam.
   *
   * @param type the command's options
   * @param group what they mean
   * @return the exit code
   * @throws UserException if the run cannot start, or fails in a way that can be mended
   */
  public static <T extends DatasetOptions & ClientOptions> int run(
      Invocation invocation, Class<T> type, Function<T, RunGroup> group) throws IOException {
    T options = invocation.options(type);
    RunGroup runs = group.apply(options);
    Screen screen = invocation.screen();
    Driver driver =
        invocation.asksForBeam() || !canBeReached(runs)
            ? new BeamDriver(invocation.beamOptions(type), screen)
            : new LocalDriver(options.getParallelism());
    boolean hasOutput = options.getOutput() != null && !options.getOutput().isEmpty();
    return new DatasetRun(driver, options, hasOutput, screen).run(runs);
  }

  /** Whether all files are where programs without Beam can read and write. */
  private static boolean canBeReached(RunGroup group) {
    return group.runs().stream().flatMap(DatasetRun::paths).allMatch(Storages::knows);
  }

  private static Stream<String> paths(RunParameters run) {
    Stream<String> own = Stream.concat(Stream.of(run.output()), Stream.ofNullable(run.imageRoot()));
    return Stream.concat(run.annotations().stream(), own);
  }

  private int run(RunGroup group) throws IOException {
    Map<RunParameters, OutputFolder> folders = new LinkedHashMap<>();
    for (RunParameters run : group.runs()) {
      folders.put(run, new OutputFolder(storage, run.output()));
    }
    if (hasOutput) {
      requireUsable(folders);
    }
    requireFolder(group.runs().get(0).imageRoot());
    List<SourceFile> sources = new SourceFinder(storage).find(group.annotations());
    if (client.getDryRun()) {
      return dryRun(group, sources);
    }
    Map<RunParameters, Manifest> complete = new LinkedHashMap<>();
    List<RunParameters> todo = new ArrayList<>();
    for (RunParameters run : group.runs()) {
      OutputFolder folder = folders.get(run);
      OutputFolder.State state = folder.state();
      if (state == OutputFolder.State.COMPLETE && !run.force()) {
        complete.put(run, new Rerun(folder, run, sources, checksums).requireUpToDate());
        continue;
      }
      if (state == OutputFolder.State.UNFINISHED) {
        String begun = folder.runFile().map(RunFile::started).orElse("an unknown time");
        note(run.output() + " holds an unfinished run of " + begun + "; taking it up again");
      }
      todo.add(run);
    }
    if (!todo.isEmpty()) {
      write(new RunGroup(todo), folders, sources);
    }
    report(group, folders, complete);
    return ExitCode.OK;
  }

  private void requireUsable(Map<RunParameters, OutputFolder> folders) throws IOException {
    for (Map.Entry<RunParameters, OutputFolder> folder : folders.entrySet()) {
      String output = folder.getKey().output();
      if (storage.isFile(output)) {
        throw UserException.usage("--output " + output + " is a file; name a folder");
      }
      folder.getValue().requireFree(/* force= */ true); // a complete set is looked at later
    }
  }

  private void requireFolder(@Nullable String imageRoot) throws IOException {
    if (imageRoot != null
        && !storage.isFolder(imageRoot)
        && storage.listAll(imageRoot).isEmpty()) { // an object store may have files further below
      throw UserException.usage("--image-root " + imageRoot + " is not a folder");
    }
  }

  private void write(
      RunGroup group, Map<RunParameters, OutputFolder> folders, List<SourceFile> sources)
      throws IOException {
    Runnable cleanUp = () -> group.runs().forEach(run -> removeTemporary(folders.get(run)));
    String advice =
        "interrupted; nothing in "
            + String.join(", ", group.runs().stream().map(RunParameters::output).toList())
            + " is complete until its manifest.json is there. The same command takes it up again";
    try {
      watch(() -> driver.write(group, sources, id), sources, cleanUp, advice);
    } catch (IOException | RuntimeException e) {
      cleanUp.run();
      throw e;
    }
  }

  private int dryRun(RunGroup group, List<SourceFile> sources) throws IOException {
    List<Manifest> plans = new ArrayList<>();
    watch(
        () -> plans.addAll(driver.plan(group, sources)),
        sources,
        /* cleanUp= */ () -> {},
        "interrupted; nothing was written");
    for (int i = 0; i < plans.size(); i++) {
      if (plans.size() > 1) {
        screen.result((i == 0 ? "" : "\n") + group.runs().get(i).output() + ":");
      }
      screen.result(Tables.plan(plans.get(i)));
    }
    for (int i = 0; i < plans.size(); i++) {
      SetFinisher.requireFewRejected(group.runs().get(i), plans.get(i));
    }
    return ExitCode.OK;
  }

  /** What takes long. */
  private interface Job {
    void run() throws IOException;
  }

  /**
   * Does a job, showing how far it is, and ending it in good order where the process is stopped.
   */
  private void watch(Job job, List<SourceFile> sources, Runnable cleanUp, String advice)
      throws IOException {
    long bytes = sources.stream().mapToLong(SourceFile::size).sum();
    try (Interruption interruption = Interruption.watch(screen, cleanUp, advice)) {
      interruption.cancelling(driver::cancel);
      ProgressLine line = new ProgressLine(bytes);
      Progress progress =
          client.getQuiet()
              ? null
              : new Progress(screen, () -> line.at(driver.counters(), System.nanoTime()));
      try {
        job.run();
      } finally {
        if (progress != null) {
          progress.close();
        }
        interruption.awaitIfUnderWay();
      }
    }
  }

  /**
   * Tells the outcome.
   *
   * @param complete sets that were complete before
   */
  private void report(
      RunGroup group,
      Map<RunParameters, OutputFolder> folders,
      Map<RunParameters, Manifest> complete)
      throws IOException {
    if (client.getQuiet()) {
      return;
    }
    Map<String, Manifest> manifests = new LinkedHashMap<>();
    List<String> outcomes = new ArrayList<>();
    String done = "done in " + Durations.format(System.nanoTime() - start);
    for (RunParameters run : group.runs()) {
      boolean old = complete.containsKey(run);
      Manifest manifest = old ? complete.get(run) : manifest(folders.get(run), run);
      manifests.put(run.output(), manifest);
      outcomes.add(run.output() + ": " + (old ? upToDate(manifest) : done));
    }
    screen.result(Tables.complete(manifests));
    outcomes.forEach(screen::result);
  }

  private static Manifest manifest(OutputFolder folder, RunParameters run) throws IOException {
    return folder
        .manifest()
        .orElseThrow(() -> UserException.failure(run.output() + " has no readable manifest"));
  }

  private static String upToDate(Manifest manifest) {
    String outcome = "complete and up to date, nothing to do";
    return manifest.parameters().imagesChecked()
        ? outcome + "; pictures were not looked for again, --force does that"
        : outcome;
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
}
