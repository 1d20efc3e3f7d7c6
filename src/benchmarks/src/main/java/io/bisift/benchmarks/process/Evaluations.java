package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Arguments;
import io.bisift.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Measures evaluations of ready scores as whole processes. */
public final class Evaluations {
  private static final String HELP =
      """
      Measures bisift evaluate on ready scores, as JSON lines and as the reference's array, whole
      processes. Makes the scores, whose shape is a benchmark's. Prints of several runs the least
      time and the most memory. Linux only.

        --steps LIST           scored steps (default 25000,10000000)
        --seed N               of the scores (default 0)
        --runs N               counted runs of each (default 3)
        --bisift-option OPTION one more option for Bisift, such as --bootstrap=0; may be repeated
        --help
      """;

  private final Repository repository = Repository.ofProcess();
  private final Arguments arguments;

  private Evaluations(Arguments arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] args) {
    System.exit(
        Program.run(
            "evaluations",
            HELP,
            Set.of("steps", "seed", "runs", "bisift-option"),
            Set.of(),
            args,
            arguments -> new Evaluations(arguments).run()));
  }

  private void run() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(repository.scratch().resolve("scores"));
    long seed = Long.parseLong(arguments.get("seed").orElse("0"));
    List<Contender> contenders = new ArrayList<>();
    for (double steps : arguments.numbers("steps", List.of(25_000.0, 10_000_000.0))) {
      for (String form : List.of(".jsonl", ".json")) {
        String name = String.format(Locale.ROOT, "%.0f%s", steps, form);
        Path file = folder.resolve(name);
        ScoreFile.write(file, (long) steps, seed);
        contenders.add(contender(name, file));
      }
    }
    Map<Contender, List<Measure>> measures =
        new Rounds(repository.scratch()).run(contenders, arguments.count("runs", 3));
    System.out.println(Machine.describe());
    measures.forEach(
        (contender, all) -> {
          Measure best = Measure.undisturbed(all);
          System.out.printf(
              Locale.ROOT,
              "%-20s %6.2f s %6.0f MB%n",
              contender.name(),
              best.seconds(),
              best.peakMegabytes());
        });
    Outputs.clear(folder);
  }

  private Contender contender(String name, Path file) {
    Path output = repository.scratch().resolve("outputs/evaluation");
    List<String> command =
        new ArrayList<>(
            List.of(
                repository.launcher().toString(),
                "evaluate",
                "--scores=" + file,
                "--output=" + output,
                "--threshold=reference",
                "--quiet"));
    command.addAll(arguments.all("bisift-option"));
    return new Contender(name, output, command);
  }
}
