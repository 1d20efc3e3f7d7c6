package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** DuckDB from npm, in a folder of its own. */
final class DuckDb {
  private final Path script;
  private final Path sql;

  private DuckDb(Path script, Path sql) {
    this.script = script;
    this.sql = sql;
  }

  /** Installs DuckDB where it is not there yet; says so if it cannot. */
  static Optional<DuckDb> install(Repository repository) throws IOException, InterruptedException {
    if (!runs("node", "--version") || !runs("npm", "--version")) {
      Program.say(
          "*** DuckDB is LEFT OUT: it comes from npm and runs in Node, and there is no node or npm"
              + " on the PATH ***");
      return Optional.empty();
    }
    Path folder = Files.createDirectories(repository.scratch().resolve("duckdb"));
    boolean changed = copy(repository.duckDb().resolve("package.json"), folder);
    copy(repository.duckDb().resolve("run.mjs"), folder);
    if ((changed || !Files.isDirectory(folder.resolve("node_modules/@duckdb")))
        && !runs("npm", "install", "--silent", "--no-audit", "--prefix", folder.toString())) {
      Files.delete(folder.resolve("package.json")); // the next call tries again
      Program.say("*** DuckDB is LEFT OUT: npm could not install it ***");
      return Optional.empty();
    }
    return Optional.of(
        new DuckDb(folder.resolve("run.mjs"), repository.duckDb().resolve("select.sql")));
  }

  /** The command that selects with DuckDB. */
  List<String> select(Path annotations, Path output, double alpha, double ratio) {
    return List.of(
        "node",
        script.toString(),
        sql.toString(),
        "annotations=" + annotations,
        "output=" + output,
        "alpha=" + alpha,
        "ratio=" + ratio);
  }

  private static boolean copy(Path from, Path folder) throws IOException {
    Path to = folder.resolve(from.getFileName());
    boolean changed = !Files.exists(to) || Files.mismatch(from, to) >= 0;
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    return changed;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
