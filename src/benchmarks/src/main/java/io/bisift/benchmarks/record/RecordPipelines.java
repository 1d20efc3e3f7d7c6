package io.bisift.benchmarks.record;

import io.bisift.benchmarks.Arguments;
import io.bisift.benchmarks.Arguments.UsageException;
import io.bisift.benchmarks.Program;
import io.bisift.benchmarks.SampleLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Runs record-level pipelines several times in one JVM, warm, and prints rollouts per second. */
public final class RecordPipelines {
  private static final String HELP =
      """
      Runs pipelines of the record-level transforms over a made-up corpus, several times in one JVM,
      and prints how many rollouts per second they get through. Each stage includes those before it.

        --runner direct|flink  direct, or Flink embedded in the JVM (default direct)
        --stage STAGE          read: lines only; parse: ParseRollouts; select: SelectTopFraction;
                               all: ConvertRollouts; may be repeated (default: each of them)
        --scale NUMBER         size of the corpus, 1 is 565,149 rollouts (default 0.1)
        --arbitrary-scores     scores that are doubles of which hardly two are alike
        --warm-up N            runs that are not counted (default 2)
        --runs N               counted runs (default 5)
        --parallelism N        (default: cores)
        --help

      BISIFT_JAVA_OPTS adds options for Java, -XX:StartFlightRecording=filename=records.jfr to profile.
      """;

  private static final int FILES = 8;

  private RecordPipelines() {}

  public static void main(String[] args) {
    System.exit(
        Program.run(
            "records",
            HELP,
            Set.of("runner", "stage", "scale", "warm-up", "runs", "parallelism"),
            Set.of("arbitrary-scores"),
            args,
            RecordPipelines::run));
  }

  private static void run(Arguments arguments) throws IOException {
    Logger.getLogger("").setLevel(Level.SEVERE); // Flink tells of every step
    Engine engine = choice(Engine.class, arguments.get("runner").orElse("direct"));
    List<Stage> stages =
        arguments.has("stage")
            ? arguments.all("stage").stream().map(name -> choice(Stage.class, name)).toList()
            : List.of(Stage.values());
    int warmUp = arguments.count("warm-up", 2);
    int runs = arguments.count("runs", 5);
    int parallelism = arguments.count("parallelism", Runtime.getRuntime().availableProcessors());
    Path folder = Files.createTempDirectory("bisift-records");
    try {
      SampleLines.write(
          folder, arguments.number("scale", 0.1), arguments.has("arbitrary-scores"), FILES);
      RecordPipeline pipeline = new RecordPipeline(engine, parallelism, files(folder));
      for (Stage stage : stages) {
        for (int i = 0; i < warmUp; i++) {
          pipeline.run(stage);
        }
        print(engine, stage, repeat(pipeline, stage, runs));
      }
    } finally {
      SampleLines.delete(folder);
    }
  }

  private static RecordPipeline.Result[] repeat(RecordPipeline pipeline, Stage stage, int runs) {
    RecordPipeline.Result[] results = new RecordPipeline.Result[runs];
    Arrays.setAll(results, i -> pipeline.run(stage));
    return results;
  }

  private static void print(Engine engine, Stage stage, RecordPipeline.Result[] results) {
    double[] seconds = Arrays.stream(results).mapToDouble(result -> result.seconds()).toArray();
    Arrays.sort(seconds);
    double[] cpu = Arrays.stream(results).mapToDouble(result -> result.cpuSeconds()).toArray();
    Arrays.sort(cpu);
    double median = seconds[seconds.length / 2];
    RecordPipeline.Result any = results[0];
    System.out.printf(
        Locale.ROOT,
        "%-6s %-6s %8.3f s (%.3f to %.3f) %8.3f s CPU %10.0f rollouts/s  %d of %d, checksum"
            + " %016x%n",
        engine.name().toLowerCase(Locale.ROOT),
        stage.name().toLowerCase(Locale.ROOT),
        median,
        seconds[0],
        seconds[seconds.length - 1],
        cpu[cpu.length / 2],
        any.lines() / median,
        any.results(),
        any.lines(),
        any.checksum());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".jsonl")).sorted().toList();
    }
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String name) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(name)) {
        return value;
      }
    }
    throw new UsageException(
        "there is no " + type.getSimpleName().toLowerCase(Locale.ROOT) + " " + name);
  }
}
