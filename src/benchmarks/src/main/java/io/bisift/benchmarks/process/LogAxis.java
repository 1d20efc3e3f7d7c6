package io.bisift.benchmarks.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A logarithmic axis, from a round number below the smallest value to one above the largest.
 *
 * @param from position of {@code low} in the picture
 * @param to position of {@code high}
 */
record LogAxis(double low, double high, double from, double to) {
  private static final int[] MANTISSAS = {1, 2, 5};

  static LogAxis over(double[] values, double from, double to) {
    double smallest = Arrays.stream(values).min().orElse(1);
    double largest = Arrays.stream(values).max().orElse(1);
    double low = round(smallest, true);
    double high = round(largest, false);
    return new LogAxis(low, high > low ? high : 2 * low, from, to);
  }

  private static double round(double value, boolean down) {
    double best = down ? 0 : Double.POSITIVE_INFINITY;
    int exponent = (int) Math.floor(Math.log10(value));
    for (int e = exponent - 1; e <= exponent + 1; e++) {
      for (int mantissa : MANTISSAS) {
        double candidate = mantissa * Math.pow(10, e);
        if (down ? candidate <= value : candidate >= value) {
          best = down ? Math.max(best, candidate) : Math.min(best, candidate);
        }
      }
    }
    return best;
  }

  double position(double value) {
    return from + (to - from) * Math.log(value / low) / Math.log(high / low);
  }

  /** Round numbers along the axis. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int e = (int) Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
      for (int mantissa : MANTISSAS) {
        double tick = mantissa * Math.pow(10, e);
        if (tick >= low * 0.999 && tick <= high * 1.001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  static String label(double tick) {
    return tick >= 1
        ? String.format(Locale.ROOT, "%,.0f", tick)
        : String.format(Locale.ROOT, "%s", (float) tick);
  }
}
