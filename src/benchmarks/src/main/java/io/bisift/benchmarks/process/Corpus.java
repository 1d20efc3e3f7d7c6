package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Program;
import io.bisift.benchmarks.Program.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of annotation files.
 *
 * @param scale as {@code bisift synth} made it; empty for a corpus of the user's
 */
record Corpus(Path folder, Optional<Double> scale) {

  /** Makes a corpus, unless it is there from an earlier call. */
  static Corpus make(Repository repository, double scale, long seed)
      throws IOException, InterruptedException {
    Path folder = repository.scratch().resolve("corpora/scale-" + scale + "-seed-" + seed);
    if (!Files.isDirectory(folder)) {
      Path unfinished = folder.resolveSibling(folder.getFileName() + ".part");
      Outputs.clear(unfinished);
      Program.say("making a corpus of scale " + scale + " ...");
      MeasuredProcess.run(
          List.of(
              repository.launcher().toString(),
              "synth",
              "--output=" + unfinished,
              "--scale=" + scale,
              "--seed=" + seed,
              "--quiet"),
          repository.scratch().resolve("synth.log"));
      Files.move(unfinished, folder);
    }
    return new Corpus(folder, Optional.of(scale));
  }

  static Corpus ofUser(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new Failure("there is no folder " + folder);
    }
    Corpus corpus = new Corpus(folder.toAbsolutePath(), Optional.empty());
    if (corpus.files().isEmpty()) {
      throw new Failure("no *.jsonl files in " + folder);
    }
    return corpus;
  }

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** Reads every byte once, so that the file cache has what fits. */
  void warmUp() throws IOException {
    byte[] unused = new byte[1 << 20];
    for (Path file : files()) {
      try (InputStream in = Files.newInputStream(file)) {
        while (in.read(unused) >= 0) {}
      }
    }
  }

  /** What a table's caption says of it. */
  String describe() throws IOException {
    return (scale.isPresent() ? "bisift synth --scale " + scale.get() : "annotations of the user's")
        + String.format(Locale.ROOT, " (%.2f GB, %d files)", bytes() / 1e9, files().size());
  }
}
