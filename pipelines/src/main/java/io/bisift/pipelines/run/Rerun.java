package io.bisift.pipelines.run;

import io.bisift.core.UserException;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RerunCheck;
import io.bisift.formats.output.RunFile;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.source.SourceFile;
import io.bisift.pipelines.commandline.Version;
import java.io.IOException;
import java.util.List;

/** A run whose output folder holds a complete set. */
final class Rerun {
  private static final int NAMED = 3;

  private final OutputFolder folder;
  private final RunParameters parameters;
  private final List<SourceFile> sources;
  private final Checksums checksums;

  Rerun(
      OutputFolder folder,
      RunParameters parameters,
      List<SourceFile> sources,
      Checksums checksums) {
    this.folder = folder;
    this.parameters = parameters;
    this.sources = sources;
    this.checksums = checksums;
  }

  /**
   * The manifest of the set, if the run would make the same set again.
   *
   * @throws UserException if it would not, and the message says what has changed; or if more of its
   *     records are bad than this run allows
   */
  Manifest requireUpToDate() throws IOException {
    Manifest manifest = folder.manifest().orElseThrow(this::unreadable);
    RunFile before = folder.runFile().orElseThrow();
    RerunCheck check = new RerunCheck(manifest, before.parameters());
    requireSame(check.changedParameters(parameters, Version.tool()));
    requireSame(check.changedFiles(sources));
    requireSame(changedContents(check));
    folder.requireShards(manifest);
    SetFinisher.requireFewRejected(parameters, manifest);
    return manifest;
  }

  private List<String> changedContents(RerunCheck check) {
    return sources.parallelStream()
        .filter(source -> check.hasOtherContent(source, checksums.of(source)))
        .map(source -> source.input() + " has other content")
        .toList();
  }

  private void requireSame(List<String> changes) {
    if (!changes.isEmpty()) {
      String more = changes.size() > NAMED ? ", and " + (changes.size() - NAMED) + " more" : "";
      throw UserException.usage(
          parameters.output()
              + " holds a complete set of another run: "
              + String.join(", ", changes.subList(0, Math.min(NAMED, changes.size())))
              + more
              + "; --force replaces it, or name another --output");
    }
  }

  private UserException unreadable() {
    return UserException.usage(
        parameters.output()
            + " holds a set whose manifest.json cannot be read; --force replaces it");
  }
}
