package io.bisift.trainer.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws what {@code metrics.jsonl} says: the loss of each update, its running mean, evaluations.
 */
public final class LossCurve {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 400;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 30;
  private static final int BOTTOM = 40;
  private static final double SMOOTHING = 0.9;
  private static final int MOST_POINTS = 2000;

  private LossCurve() {}

  private record Point(double step, double loss) {}

  /** The picture, as SVG. */
  public static String svg(List<JsonNode> metrics) {
    List<Point> train = points(metrics, "train");
    List<Point> eval = points(metrics, "eval");
    List<Point> all = new ArrayList<>(train);
    all.addAll(eval);
    double steps = Math.max(1, all.stream().mapToDouble(Point::step).max().orElse(1));
    double top = Math.max(1e-6, all.stream().mapToDouble(Point::loss).max().orElse(1)) * 1.05;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            HEIGHT));
    for (int line = 0; line <= 4; line++) {
      double loss = top * line / 4;
      double y = y(loss, top);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.3g</text>%n",
              LEFT,
              WIDTH - RIGHT,
              y,
              y,
              LEFT - 6,
              y + 4,
              loss));
      double step = steps * line / 4;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>%n",
              x(step, steps),
              HEIGHT - BOTTOM + 18,
              step));
    }
    svg.append(path(train, steps, top, "#b9cfe8", "1"));
    svg.append(path(smoothed(train), steps, top, "#1f5fa8", "2"));
    svg.append(path(eval, steps, top, "#c8501e", "2"));
    for (Point point : thinned(eval)) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#c8501e\"/>%n",
              x(point.step, steps),
              y(point.loss, top)));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"18\" fill=\"#1f5fa8\">training loss, smoothed</text>%n"
                + "<text x=\"%d\" y=\"18\" fill=\"#c8501e\">held-out loss</text>%n"
                + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">update</text>%n</svg>%n",
            LEFT,
            LEFT + 180,
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 6));
    return svg.toString();
  }

  private static List<Point> points(List<JsonNode> metrics, String kind) {
    return metrics.stream()
        .filter(line -> line.path("kind").asText().equals(kind) && line.path("loss").isNumber())
        .map(line -> new Point(line.path("step").asDouble(), line.path("loss").asDouble()))
        .toList();
  }

  /** Exponential mean, corrected for its start. */
  private static List<Point> smoothed(List<Point> points) {
    List<Point> smooth = new ArrayList<>();
    double mean = 0;
    double weight = 0;
    for (Point point : points) {
      mean = SMOOTHING * mean + (1 - SMOOTHING) * point.loss;
      weight = SMOOTHING * weight + (1 - SMOOTHING);
      smooth.add(new Point(point.step, mean / weight));
    }
    return smooth;
  }

  private static List<Point> thinned(List<Point> points) {
    int every = points.size() / MOST_POINTS + 1;
    List<Point> some = new ArrayList<>();
    for (int at = 0; at < points.size(); at++) {
      if (at % every == 0 || at == points.size() - 1) {
        some.add(points.get(at));
      }
    }
    return some;
  }

  private static String path(
      List<Point> points, double steps, double top, String colour, String width) {
    if (points.isEmpty()) {
      return "";
    }
    StringBuilder coordinates = new StringBuilder();
    for (Point point : thinned(points)) {
      coordinates.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(point.step, steps), y(point.loss, top)));
    }
    return String.format(
        Locale.ROOT,
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" points=\"%s\"/>%n",
        colour,
        width,
        coordinates.toString().trim());
  }

  private static double x(double step, double steps) {
    return LEFT + (WIDTH - LEFT - RIGHT) * step / steps;
  }

  private static double y(double loss, double top) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * loss / top;
  }
}
