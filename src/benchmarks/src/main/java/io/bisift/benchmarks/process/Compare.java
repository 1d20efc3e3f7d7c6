package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Arguments;
import io.bisift.benchmarks.Program;
import io.bisift.benchmarks.Program.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares whole runs of Bisift with each other, with DuckDB and with programs of the user's. */
public final class Compare {
  private static final String HELP =
      """
      Compares whole runs over one corpus, start included: bisift select and convert, the same by
      Beam's direct runner, DuckDB selecting the same with one SQL script (from npm; left out where
      there is no node), and programs of yours. Runs are taken in turns, after one round to warm up.
      Checks that all selected the same. Linux only.

        --scale NUMBER         size of the corpus that bisift synth makes (default 1: 1.5 GB)
        --seed N               of that corpus (default 0)
        --annotations FOLDER   a corpus of yours instead: *.jsonl, without broken lines for DuckDB
        --alpha A              (default 0.2)
        --top-ratio R          (default 0.1)
        --runs N               counted runs of each program (default 5)
        --only TEXT            only programs with TEXT in their names; may be repeated
        --no-duckdb            without DuckDB
        --no-beam              without Beam's direct runner
        --bisift-option OPTION one more option for Bisift, such as --shards=8; may be repeated
        --reference NAME=COMMAND
                               a program of yours, run by bash; {annotations} and {output} in COMMAND
                               stand for two folders. Where NAME is select or convert its *.jsonl files,
                               joined in name order, must be Bisift's bytes. May be repeated
        --output FOLDER        for compare.md and compare.csv (default src/benchmarks/results)
        --help

      Memory is VmHWM of /proc, the most that was resident, children of a program added. Outputs and
      corpora lie in src/benchmarks/target.
      """;

  private static final Set<String> OPTIONS =
      Set.of(
          "scale",
          "seed",
          "annotations",
          "alpha",
          "top-ratio",
          "runs",
          "only",
          "bisift-option",
          "reference",
          "output");

  private final Repository repository;
  private final Arguments arguments;

  private Compare(Arguments arguments) {
    this.repository = Repository.ofProcess();
    this.arguments = arguments;
  }

  public static void main(String[] args) {
    System.exit(
        Program.run(
            "compare",
            HELP,
            OPTIONS,
            Set.of("no-duckdb", "no-beam"),
            args,
            arguments -> new Compare(arguments).run(String.join(" ", args))));
  }

  private void run(String commandLine) throws IOException, InterruptedException {
    int runs = arguments.count("runs", 5);
    Files.createDirectories(repository.scratch());
    Corpus corpus = corpus();
    Contenders make = contenders(corpus);
    Contender select = make.select();
    Contender convert = make.convert();
    Optional<Contender> duckDb = duckDb(make);
    List<Contender> all = new ArrayList<>(List.of(select));
    duckDb.ifPresent(all::add);
    all.add(convert);
    if (!arguments.has("no-beam")) {
      all.addAll(List.of(make.selectByBeam(), make.convertByBeam()));
    }
    arguments.all("reference").forEach(spec -> all.add(make.reference(spec)));
    all.removeIf(contender -> !isWanted(contender.name()));
    if (all.isEmpty()) {
      throw new Failure("--only leaves nothing to run");
    }

    corpus.warmUp();
    Map<Contender, List<Measure>> measures = new Rounds(repository.scratch()).run(all, runs);
    Results results =
        new Results(
            corpus.describe(),
            corpus.bytes(),
            ("src/benchmarks/compare " + commandLine).strip(),
            Machine.describe(),
            measures,
            check(measures, select, convert, duckDb));
    Path folder = arguments.get("output").map(Path::of).orElse(repository.results());
    results.write(folder, "compare");
    System.out.print(results.markdown());
    Contender first = all.get(0);
    results
        .medianRatios(first)
        .forEach(
            (name, ratio) ->
                System.out.printf(
                    Locale.ROOT, "%.2f × the time of %s: %s%n", ratio, first.name(), name));
  }

  private Corpus corpus() throws IOException, InterruptedException {
    Optional<String> annotations = arguments.get("annotations");
    if (annotations.isPresent()) {
      return Corpus.ofUser(Path.of(annotations.get()));
    }
    String seed = arguments.get("seed").orElse("0");
    if (!seed.matches("-?\\d{1,18}")) {
      throw new Arguments.UsageException("--seed must be a whole number, was " + seed);
    }
    return Corpus.make(repository, arguments.number("scale", 1), Long.parseLong(seed));
  }

  private Contenders contenders(Corpus corpus) {
    return new Contenders(
        repository,
        corpus,
        arguments.number("alpha", 0.2),
        arguments.number("top-ratio", 0.1),
        arguments.all("bisift-option"));
  }

  private Optional<Contender> duckDb(Contenders make) throws IOException, InterruptedException {
    if (arguments.has("no-duckdb")) {
      Program.say("without DuckDB, as asked");
      return Optional.empty();
    }
    return make.duckDb(DuckDb.install(repository));
  }

  private boolean isWanted(String name) {
    List<String> only = arguments.all("only");
    return only.isEmpty() || only.stream().anyMatch(name::contains);
  }

  /** What the outputs of the last round have in common. */
  private static List<String> check(
      Map<Contender, List<Measure>> measures,
      Contender select,
      Contender convert,
      Optional<Contender> duckDb)
      throws IOException {
    List<String> notes = new ArrayList<>();
    for (Contender contender : measures.keySet()) {
      Contender same = contender.name().contains("convert") ? convert : select;
      if (contender.equals(same) || !measures.containsKey(same)) {
        continue;
      }
      Path expected = data(same);
      if (duckDb.isPresent() && duckDb.get().equals(contender)) {
        long records = Outputs.requireSameRecords(expected, contender.output());
        notes.add(
            "Checked: "
                + contender.name()
                + " wrote the same "
                + records
                + " records in the same order as "
                + same.name());
      } else if (contender.name().matches("(bisift|reference) (select|convert).*")) {
        Outputs.requireSameBytes(expected, data(contender));
        notes.add("Checked: " + contender.name() + " wrote the bytes of " + same.name());
      }
    }
    return notes;
  }

  private static Path data(Contender contender) {
    Path shards = contender.output().resolve("data");
    return Files.isDirectory(shards) ? shards : contender.output();
  }
}
