package io.bisift.benchmarks.process;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One picture of a plot.
 *
 * @param title what the vertical axis shows
 * @param series points of each program, by size
 */
record PlotPanel(String title, Map<String, List<Point>> series) {
  /** A measured value at a size in GB; both above 0. */
  record Point(double x, double y) {}

  double[] xs() {
    return points().mapToDouble(Point::x).toArray();
  }

  double[] ys() {
    return points().mapToDouble(Point::y).toArray();
  }

  private Stream<Point> points() {
    return series.values().stream().flatMap(List::stream);
  }
}
