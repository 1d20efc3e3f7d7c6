package io.bisift.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a comparison found, as a table to read and as data. */
record Results(
    String corpus,
    long bytes,
    String command,
    String machine,
    Map<Contender, List<Measure>> measures,
    List<String> notes) {

  /** Medians, with the machine, the command and the date. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| program | median time | fastest to slowest | GB/s | peak memory |\n");
    text.append("| --- | ---: | ---: | ---: | ---: |\n");
    measures.forEach(
        (contender, runs) -> {
          Measure median = Measure.median(runs);
          text.append(
              String.format(
                  Locale.ROOT,
                  "| `%s` | %.2f s | %.2f to %.2f s | %.2f | %.0f MB |%n",
                  contender.name(),
                  median.seconds(),
                  runs.stream().mapToDouble(Measure::seconds).min().orElse(0),
                  runs.stream().mapToDouble(Measure::seconds).max().orElse(0),
                  bytes / 1e9 / median.seconds(),
                  median.peakMegabytes()));
        });
    text.append('\n').append(caption()).append('\n');
    for (String note : notes) {
      text.append("- ").append(note).append('\n');
    }
    return text.toString();
  }

  private String caption() {
    int rounds = measures.values().stream().mapToInt(List::size).max().orElse(0);
    return String.format(
        "Corpus: %s, in the file cache. Whole processes, start included; median of %d runs, taken in"
            + " turns; memory is the most that was resident. %s, %s, by `%s`.%n",
        corpus, rounds, machine, today(), command);
  }

  /** Every run. */
  String csv() {
    StringBuilder text =
        new StringBuilder("date,machine,corpus,bytes,program,run,seconds,peak_bytes\n");
    measures.forEach(
        (contender, runs) -> {
          for (int i = 0; i < runs.size(); i++) {
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s,\"%s\",\"%s\",%d,%s,%d,%.3f,%d%n",
                    today(),
                    machine,
                    corpus,
                    bytes,
                    contender.name(),
                    i + 1,
                    runs.get(i).seconds(),
                    runs.get(i).peakBytes()));
          }
        });
    return text.toString();
  }

  /** How the time of each contender compares with that of {@code base}, run by run. */
  Map<String, Double> medianRatios(Contender base) {
    Map<String, Double> ratios = new TreeMap<>();
    measures.forEach(
        (contender, runs) -> {
          List<Measure> baseRuns = measures.get(base);
          double[] paired = new double[runs.size()];
          for (int i = 0; i < paired.length; i++) {
            paired[i] = runs.get(i).seconds() / baseRuns.get(i).seconds();
          }
          Arrays.sort(paired);
          ratios.put(contender.name(), paired[paired.length / 2]);
        });
    return ratios;
  }

  /** Writes NAME.md and NAME.csv. */
  void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), markdown());
    Files.writeString(folder.resolve(name + ".csv"), csv());
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
