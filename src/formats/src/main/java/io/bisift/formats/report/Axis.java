package io.bisift.formats.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of numbers along an edge of a plot.
 *
 * @param name with its unit
 */
public record Axis(String name, double from, double to) {
  private static final int TICKS = 5;

  /** From 0 to 1. */
  public static Axis unit(String name) {
    return new Axis(name, 0, 1);
  }

  /** From 0 to a round number that is not below the highest value; to 1 if that is 0. */
  public static Axis upTo(String name, double highest) {
    if (highest <= 0) {
      return unit(name);
    }
    double step = step(highest);
    return new Axis(name, 0, Math.ceil(highest / step - 1e-9) * step);
  }

  /** Around some values, between round numbers. */
  public static Axis around(String name, double lowest, double highest) {
    double step = step(Math.max(highest - lowest, 1e-6));
    double from = Math.floor(lowest / step + 1e-9) * step;
    double to = Math.ceil(highest / step - 1e-9) * step;
    return new Axis(name, from, to > from ? to : from + step);
  }

  /** A round distance of about a fifth of a span. */
  private static double step(double span) {
    double rough = span / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
  }

  double share(double value) {
    return (value - from) / (to - from);
  }

  List<Double> ticks() {
    double step = step(to - from);
    List<Double> ticks = new ArrayList<>();
    for (long i = Math.round(Math.ceil(from / step - 1e-9)); i * step <= to + step * 1e-6; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  String label(double tick) {
    double step = step(to - from);
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%,." + digits + "f", tick == 0 ? 0.0 : tick);
  }
}
