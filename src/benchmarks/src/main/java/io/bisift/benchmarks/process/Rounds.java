package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs contenders in turn, round after round, so that a slow minute of the machine meets all. */
final class Rounds {
  private final Path scratch;

  Rounds(Path scratch) {
    this.scratch = scratch;
  }

  /**
   * Runs each contender once to warm up, not counted, and then {@code rounds} times.
   *
   * @return what the runs took, per contender
   */
  Map<Contender, List<Measure>> run(List<Contender> contenders, int rounds)
      throws IOException, InterruptedException {
    Map<Contender, List<Measure>> measures = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Contender contender : contenders) {
        Measure measure = runOnce(contender);
        Program.say(
            String.format(
                Locale.ROOT,
                "%s  %-34s %8.2f s %8.0f MB",
                round == 0 ? "warm-up" : "round " + round,
                contender.name(),
                measure.seconds(),
                measure.peakMegabytes()));
        List<Measure> own = measures.computeIfAbsent(contender, key -> new ArrayList<>());
        if (round > 0) {
          own.add(measure);
        }
      }
    }
    return measures;
  }

  private Measure runOnce(Contender contender) throws IOException, InterruptedException {
    Outputs.clear(contender.output());
    Files.createDirectories(contender.output().getParent());
    settleDisk();
    return MeasuredProcess.run(contender.command(), scratch.resolve("run.log"));
  }

  /** Else a run pays for what the one before left to be written. */
  private static void settleDisk() throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
  }
}
