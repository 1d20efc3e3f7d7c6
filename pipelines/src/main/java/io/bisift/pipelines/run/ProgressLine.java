package io.bisift.pipelines.run;

import io.bisift.pipelines.options.ByteSize;
import java.util.Locale;

/** Words for how far a run is. Speeds are measured within a phase. Not thread-safe. */
final class ProgressLine {
  private static final double NANOS = 1e9;

  private final long totalBytes;
  private String phase = "";
  private long phaseStart;
  private long phaseStartBytes;

  /**
   * @param totalBytes of all sources, as stored
   */
  ProgressLine(long totalBytes) {
    this.totalBytes = totalBytes;
  }

  /**
   * @param now as {@link System#nanoTime}
   */
  String at(Counters counters, long now) {
    if (counters.replayed() > 0 || counters.written() > 0) {
      return line("writing", counters.replayed(), counters.written() + " records", now);
    } else if (counters.lookedAt() > 0) {
      return line("checking", counters.lookedAt(), counters.rollouts() + " rollouts", now);
    }
    return line("scanning", counters.scanned(), counters.rollouts() + " rollouts", now);
  }

  private String line(String name, long read, String count, long now) {
    long bytes = Math.min(read, totalBytes); // some are read more often
    if (!phase.equals(name) && bytes > 0) {
      phase = name;
      phaseStart = now;
      phaseStartBytes = bytes;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%-8s %3d %%  %s of %s  %s",
            name,
            totalBytes == 0 ? 100 : 100 * bytes / totalBytes,
            ByteSize.format(bytes),
            ByteSize.format(totalBytes),
            count);
    double rate =
        bytes > phaseStartBytes ? (bytes - phaseStartBytes) * NANOS / (now - phaseStart) : 0;
    if (rate > 0 && bytes < totalBytes) {
      long left = (long) ((totalBytes - bytes) / rate * NANOS);
      line += "  " + ByteSize.format((long) rate) + "/s  " + Durations.format(left) + " left";
    }
    return line;
  }
}
