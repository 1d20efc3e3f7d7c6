package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Arguments;
import io.bisift.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures how time and memory grow with the size of the corpus. */
public final class Growth {
  private static final String HELP =
      """
      Measures how wall time and peak memory grow with the corpus: bisift select and convert, and
      DuckDB selecting the same (from npm; left out where there is no node), on corpora of several
      sizes made by bisift synth. Writes growth.csv and a plot, growth.svg: of
      several runs the least time and the most memory. Linux only.

        --scales LIST          sizes, 1 is 1.5 GB (default 0.1,0.3,1,3,10)
        --seed N               of the corpora (default 0)
        --runs N               counted runs of each program and size (default 3)
        --alpha A              (default 0.2)
        --top-ratio R          (default 0.1)
        --no-duckdb            without DuckDB
        --bisift-option OPTION one more option for Bisift, such as --shards=8; may be repeated
        --keep                 keep the corpora in src/benchmarks/target/corpora (a scale of 10 takes
                               15 GB); else each is removed when it has been measured
        --add                  to the sizes that growth.csv has already
        --output FOLDER        for growth.csv and growth.svg (default src/benchmarks/results)
        --help
      """;

  private final Repository repository;
  private final Arguments arguments;
  private final List<GrowthPoint> points = new ArrayList<>();

  private Growth(Arguments arguments) {
    this.repository = Repository.ofProcess();
    this.arguments = arguments;
  }

  public static void main(String[] args) {
    System.exit(
        Program.run(
            "growth",
            HELP,
            Set.of("scales", "seed", "runs", "alpha", "top-ratio", "bisift-option", "output"),
            Set.of("no-duckdb", "keep", "add"),
            args,
            arguments -> new Growth(arguments).run()));
  }

  private void run() throws IOException, InterruptedException {
    List<Double> scales = arguments.numbers("scales", List.of(0.1, 0.3, 1.0, 3.0, 10.0));
    long seed = Long.parseLong(arguments.get("seed").orElse("0"));
    int runs = arguments.count("runs", 3);
    Files.createDirectories(repository.scratch());
    Optional<DuckDb> duckDb =
        arguments.has("no-duckdb") ? Optional.empty() : DuckDb.install(repository);
    if (arguments.has("add") && Files.exists(csv())) {
      readEarlier();
    }
    for (double scale : scales) {
      Corpus corpus = Corpus.make(repository, scale, seed);
      measure(corpus, duckDb, runs);
      if (!arguments.has("keep")) {
        Outputs.clear(corpus.folder());
      }
      Outputs.clear(repository.scratch().resolve("outputs"));
      write();
    }
  }

  private void measure(Corpus corpus, Optional<DuckDb> duckDb, int runs)
      throws IOException, InterruptedException {
    Contenders make =
        new Contenders(
            repository,
            corpus,
            arguments.number("alpha", 0.2),
            arguments.number("top-ratio", 0.1),
            arguments.all("bisift-option"));
    List<Contender> all = new ArrayList<>(List.of(make.select(), make.convert()));
    make.duckDb(duckDb).ifPresent(all::add);
    Program.say(corpus.describe());
    corpus.warmUp();
    long bytes = corpus.bytes();
    new Rounds(repository.scratch())
        .run(all, runs)
        .forEach(
            (contender, measures) ->
                points.add(
                    new GrowthPoint(contender.name(), bytes / 1e9, Measure.undisturbed(measures))));
  }

  private void readEarlier() throws IOException {
    List<String> rows = Files.readAllLines(csv());
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", 5);
      long peakBytes = Math.round(1e6 * Double.parseDouble(cells[3]));
      Measure measure = new Measure(Double.parseDouble(cells[2]), peakBytes);
      points.add(new GrowthPoint(cells[0], Double.parseDouble(cells[1]), measure));
    }
  }

  private Path csv() {
    return folder().resolve("growth.csv");
  }

  private Path folder() {
    return arguments.get("output").map(Path::of).orElse(repository.results());
  }

  /** After every size, so that a run that is stopped leaves what it has. */
  private void write() throws IOException {
    Files.createDirectories(folder());
    points.sort(Comparator.comparingDouble(GrowthPoint::gigabytes)); // stable: programs keep order
    StringBuilder csv = new StringBuilder("program,gigabytes,least_seconds,most_peak_mb,machine\n");
    for (GrowthPoint point : points) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%.3f,%.3f,%.1f,\"%s\"%n",
              point.program(),
              point.gigabytes(),
              point.measure().seconds(),
              point.measure().peakMegabytes(),
              Machine.describe()));
    }
    Files.writeString(csv(), csv);
    Map<String, List<PlotPanel.Point>> time = new LinkedHashMap<>();
    Map<String, List<PlotPanel.Point>> memory = new LinkedHashMap<>();
    for (GrowthPoint point : points) {
      time.computeIfAbsent(point.program(), key -> new ArrayList<>())
          .add(new PlotPanel.Point(point.gigabytes(), point.measure().seconds()));
      memory
          .computeIfAbsent(point.program(), key -> new ArrayList<>())
          .add(new PlotPanel.Point(point.gigabytes(), point.measure().peakMegabytes()));
    }
    Files.writeString(
        folder().resolve("growth.svg"),
        GrowthPlot.svg(
            new PlotPanel("wall time, seconds", time), new PlotPanel("peak memory, MB", memory)));
  }
}
