package io.bisift.pipelines.run;

import java.util.Locale;

/** Lengths of time for the eye. */
final class Durations {
  private static final double NANOS = 1e9;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Durations() {}

  static String format(long nanos) {
    double seconds = nanos / NANOS;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    } else if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < HOUR
        ? String.format(Locale.ROOT, "%d:%02d min", whole / MINUTE, whole % MINUTE)
        : String.format(Locale.ROOT, "%d:%02d h", whole / HOUR, whole % HOUR / MINUTE);
  }
}
