package io.bisift.formats.log;

import io.bisift.core.UserException;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RerunCheck;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.run.LocalRun;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects from whole files as they appear: the set of each is what {@code select} makes of it
 * alone, in a folder of its own. A set that an earlier attempt completed is taken as it is.
 */
public final class FileSelection {
  private static final Pattern SOURCE = Pattern.compile("[^.].*\\.jsonl(\\.gz|\\.zst)?");
  private static final long CHUNK = 1 << 24;

  private final Storage storage;
  private final StreamFolder folder;
  private final StreamParameters parameters;
  private final String tool;

  /**
   * @param tool name and version of what makes the sets
   */
  public FileSelection(
      Storage storage, StreamFolder folder, StreamParameters parameters, String tool) {
    this.storage = storage;
    this.folder = folder;
    this.parameters = parameters;
    this.tool = tool;
  }

  /** Whether a file of this name is a source. */
  public static boolean isSource(String fileName) {
    return SOURCE.matcher(fileName).matches();
  }

  /**
   * Makes the set of a file.
   *
   * @return nothing if the growing set has a source of that name
   * @throws UserException if the file cannot be read
   */
  public Optional<SourceSet> select(String path) throws IOException {
    List<SourceFile> found = new SourceFinder(storage).find(List.of(path));
    SourceFile source = found.get(0);
    if (isCommitted(source.name())) {
      return Optional.empty();
    }
    String name = LogLayout.SOURCES + "/" + source.name();
    String output = folder.layout().path(name);
    OutputFolder set = new OutputFolder(storage, output);
    Manifest manifest = set.state() == OutputFolder.State.COMPLETE ? reusable(set, source) : null;
    if (manifest == null) {
      RunGroup run = RunGroup.of(run(path, output));
      try (LocalRun selection = new LocalRun(storage, run, found, tool, /* threads= */ 1)) {
        manifest = selection.write(UUID.randomUUID().toString()).get(0);
      }
    }
    return Optional.of(describe(source.name(), name, manifest));
  }

  private boolean isCommitted(String source) throws IOException {
    return folder.sets(folder.latestVersion()).stream()
        .anyMatch(set -> set.source().equals(source));
  }

  private RunParameters run(String path, String output) {
    SetShape shape = parameters.shape();
    if (shape == null) {
      throw new IllegalStateException("no stream of whole files: " + parameters);
    }
    return new RunParameters(
        Command.SELECT,
        List.of(path),
        output,
        parameters.alpha(),
        parameters.topRatio(),
        parameters.labels(),
        shape.shards(),
        shape.shardSize(),
        shape.compression(),
        parameters.imageRoot(),
        CHUNK,
        /* maxRejected= */ null,
        /* force= */ true); // only what no version names is ever replaced
  }

  /** The manifest of a set that an earlier attempt made of the same bytes; null if it did not. */
  private @Nullable Manifest reusable(OutputFolder set, SourceFile source) throws IOException {
    Manifest manifest = set.manifest().orElse(null);
    if (manifest == null) {
      return null;
    }
    RerunCheck check = new RerunCheck(manifest, run(source.path(), "unused"));
    boolean same =
        check.changedFiles(List.of(source)).isEmpty()
            && !check.hasOtherContent(source, SourceReader.checksum(storage, source));
    return same ? manifest : null;
  }

  private static SourceSet describe(String source, String name, Manifest manifest) {
    Manifest.Counts totals = manifest.totals();
    Manifest.Input input = manifest.inputs().get(0);
    StreamManifest.Counts counts =
        new StreamManifest.Counts(
            totals.lines(),
            totals.blank(),
            totals.lines() - totals.blank() - totals.ranked(),
            totals.ranked(),
            totals.ranked() - totals.notKept());
    List<WrittenFile> shards = manifest.shards().stream().map(Manifest.Shard::data).toList();
    return new SourceSet(source, name, input.name(), input.crc32c(), counts, shards);
  }
}
