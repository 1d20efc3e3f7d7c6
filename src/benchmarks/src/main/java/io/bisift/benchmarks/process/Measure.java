package io.bisift.benchmarks.process;

import java.util.List;

/**
 * What one run of a process took.
 *
 * @param seconds wall time, start and exit included
 * @param peakBytes most memory that was resident
 */
record Measure(double seconds, long peakBytes) {

  double peakMegabytes() {
    return peakBytes / 1e6;
  }

  /** The medians of several runs, each by itself. */
  static Measure median(List<Measure> runs) {
    double[] seconds = runs.stream().mapToDouble(Measure::seconds).sorted().toArray();
    long[] peaks = runs.stream().mapToLong(Measure::peakBytes).sorted().toArray();
    int middle = runs.size() / 2;
    return runs.size() % 2 == 1
        ? new Measure(seconds[middle], peaks[middle])
        : new Measure(
            (seconds[middle - 1] + seconds[middle]) / 2, (peaks[middle - 1] + peaks[middle]) / 2);
  }

  /** The least time and the most memory: other work on the machine only ever adds time. */
  static Measure undisturbed(List<Measure> runs) {
    return new Measure(
        runs.stream().mapToDouble(Measure::seconds).min().orElseThrow(),
        runs.stream().mapToLong(Measure::peakBytes).max().orElseThrow());
  }
}
