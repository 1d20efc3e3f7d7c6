package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Program.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the repository; the scripts say where that is. */
record Repository(Path root) {

  static Repository ofProcess() {
    String root = System.getProperty("bisift.root");
    if (root == null) {
      throw new Failure("start this by the scripts in src/benchmarks");
    }
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      throw new Failure("needs Linux: memory is read from /proc");
    }
    return new Repository(Path.of(root));
  }

  Path launcher() {
    return root.resolve("runners/direct/bisift");
  }

  Path duckDb() {
    return root.resolve("src/benchmarks/duckdb");
  }

  Path results() {
    return root.resolve("src/benchmarks/results");
  }

  /** Where corpora, outputs and DuckDB go; not part of the repository. */
  Path scratch() {
    return root.resolve("src/benchmarks/target");
  }
}
