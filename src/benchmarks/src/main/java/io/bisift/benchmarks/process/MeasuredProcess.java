package io.bisift.benchmarks.process;

import io.bisift.benchmarks.Program.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a process and measures it: wall time from start to exit, and peak memory as Linux keeps it
 * ({@code VmHWM}, the most that was ever resident), read every few milliseconds while the process
 * lives. Where the process starts others, the sum of their peaks.
 */
final class MeasuredProcess {
  private static final long POLL_MILLIS = 5;
  private static final int SHOWN = 2000;

  private MeasuredProcess() {}

  /**
   * Runs a command to its end.
   *
   * @param log takes what it prints
   * @throws Failure if it fails
   */
  static Measure run(List<String> command, Path log) throws IOException, InterruptedException {
    long peak = 0;
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peak(process.pid()));
      }
    } finally {
      process.destroy();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      String printed = Files.readString(log);
      throw new Failure(
          "exit code "
              + process.exitValue()
              + " of "
              + String.join(" ", command)
              + "\n"
              + printed.substring(Math.max(0, printed.length() - SHOWN)));
    }
    return new Measure(seconds, peak);
  }

  /** Peak of a process and of those that its main thread started; 0 once it is gone. */
  private static long peak(long pid) {
    long peak = 0;
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          peak = 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      String children = Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children"));
      for (String child : children.strip().split(" ", -1)) {
        peak += child.isEmpty() ? 0 : peak(Long.parseLong(child));
      }
    } catch (IOException e) {
      return peak; // it ended meanwhile
    }
    return peak;
  }
}
