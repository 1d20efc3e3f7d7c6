package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Program.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the contenders over one corpus. */
final class Contenders {
  private static final String BY_BEAM = "--runner=DirectRunner";

  private final Repository repository;
  private final Corpus corpus;
  private final double alpha;
  private final double ratio;
  private final List<String> bisiftOptions;

  /**
   * @param bisiftOptions more options for every run of Bisift, {@code --shards=8}
   */
  Contenders(
      Repository repository,
      Corpus corpus,
      double alpha,
      double ratio,
      List<String> bisiftOptions) {
    this.repository = repository;
    this.corpus = corpus;
    this.alpha = alpha;
    this.ratio = ratio;
    this.bisiftOptions = bisiftOptions;
  }

  Contender select() {
    return bisift("bisift select", "--top-ratio=" + ratio, "--alpha=" + alpha);
  }

  Contender selectByBeam() {
    return bisift("bisift select " + BY_BEAM, "--top-ratio=" + ratio, "--alpha=" + alpha, BY_BEAM);
  }

  Contender convert() {
    return bisift("bisift convert", "--labels=hard");
  }

  Contender convertByBeam() {
    return bisift("bisift convert " + BY_BEAM, "--labels=hard", BY_BEAM);
  }

  Optional<Contender> duckDb(Optional<DuckDb> installed) {
    Path output = output("duckdb").resolve("selected.jsonl");
    return installed.map(
        duckDb ->
            new Contender(
                "DuckDB select", output, duckDb.select(corpus.folder(), output, alpha, ratio)));
  }

  /**
   * A program of the user's.
   *
   * @param spec {@code NAME=COMMAND} for a shell; {annotations} and {output} stand for folders
   */
  Contender reference(String spec) {
    int equals = spec.indexOf('=');
    if (equals < 1) {
      throw new Failure("--reference must be NAME=COMMAND, was " + spec);
    }
    String name = "reference " + spec.substring(0, equals);
    Path output = output(name);
    String command =
        spec.substring(equals + 1)
            .replace("{annotations}", quoted(corpus.folder()))
            .replace("{output}", quoted(output));
    return new Contender(
        name, output, List.of("bash", "-c", "mkdir -p " + quoted(output) + " && " + command));
  }

  private Contender bisift(String name, String... options) {
    Path output = output(name);
    List<String> command = new ArrayList<>();
    command.add(repository.launcher().toString());
    command.add(name.split(" ", -1)[1]);
    command.add("--annotations=" + corpus.folder());
    command.add("--output=" + output);
    command.addAll(List.of(options));
    command.addAll(bisiftOptions);
    command.add("--quiet");
    return new Contender(name, output, command);
  }

  private Path output(String name) {
    return repository.scratch().resolve("outputs/" + name.replaceAll("[^A-Za-z]+", "-"));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
