package io.bisift.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws panels side by side as SVG, on logarithmic axes, in colours for bright and dark pages. */
final class GrowthPlot {
  private static final int PANEL_WIDTH = 430;
  private static final int HEIGHT = 330;
  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 34;
  private static final int BOTTOM = 84;
  private static final int COLOURS = 4;
  private static final int LEGEND_STEP = 150;

  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #424a53 }
        .title { font-weight: 600 }
        .grid { stroke: #d0d7de; stroke-width: 1 }
        .line { fill: none; stroke-width: 2 }
        .s0 { stroke: #0969da } .d0 { fill: #0969da }
        .s1 { stroke: #1a7f37 } .d1 { fill: #1a7f37 }
        .s2 { stroke: #bc4c00 } .d2 { fill: #bc4c00 }
        .s3 { stroke: #8250df } .d3 { fill: #8250df }
        @media (prefers-color-scheme: dark) {
          text { fill: #c9d1d9 }
          .grid { stroke: #3d444d }
          .s0 { stroke: #58a6ff } .d0 { fill: #58a6ff }
          .s1 { stroke: #3fb950 } .d1 { fill: #3fb950 }
          .s2 { stroke: #f0883e } .d2 { fill: #f0883e }
          .s3 { stroke: #bc8cff } .d3 { fill: #bc8cff }
        }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();

  private GrowthPlot() {}

  static String svg(PlotPanel... panels) {
    return new GrowthPlot().draw(List.of(panels));
  }

  private String draw(List<PlotPanel> panels) {
    int width = PANEL_WIDTH * panels.size();
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" role=\"img\" aria-label=\"Time and memory against corpus size\">%n",
        width, HEIGHT, width, HEIGHT);
    svg.append(STYLE);
    for (int i = 0; i < panels.size(); i++) {
      drawPanel(panels.get(i), i * PANEL_WIDTH);
    }
    drawLegend(new ArrayList<>(panels.get(0).series().keySet()));
    svg.append("</svg>\n");
    return svg.toString();
  }

  private void drawPanel(PlotPanel panel, int offset) {
    int left = offset + LEFT;
    int right = offset + PANEL_WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    LogAxis x = LogAxis.over(panel.xs(), left, right);
    LogAxis y = LogAxis.over(panel.ys(), bottom, TOP);
    text("title", left, TOP - 14, "start", panel.title());
    text("", (left + right) / 2.0, bottom + 38, "middle", "corpus, GB");
    for (double tick : y.ticks()) {
      line(left, y.position(tick), right, y.position(tick));
      text("", left - 8, y.position(tick) + 4, "end", LogAxis.label(tick));
    }
    for (double tick : x.ticks()) {
      line(x.position(tick), TOP, x.position(tick), bottom);
      text("", x.position(tick), bottom + 18, "middle", LogAxis.label(tick));
    }
    int colour = 0;
    for (List<PlotPanel.Point> points : panel.series().values()) {
      drawSeries(points, x, y, colour++ % COLOURS);
    }
  }

  private void drawSeries(List<PlotPanel.Point> points, LogAxis x, LogAxis y, int colour) {
    add("<polyline class=\"line s%d\" points=\"", colour);
    for (PlotPanel.Point point : points) {
      add("%.1f,%.1f ", x.position(point.x()), y.position(point.y()));
    }
    add("\"/>%n");
    for (PlotPanel.Point point : points) {
      add(
          "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%.2f GB:"
              + " %.2f</title></circle>%n",
          colour, x.position(point.x()), y.position(point.y()), point.x(), point.y());
    }
  }

  private void drawLegend(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      double at = LEFT + (double) i * LEGEND_STEP;
      add(
          "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>%n",
          i % COLOURS, at + 5, HEIGHT - 16);
      text("", at + 16, HEIGHT - 12, "start", names.get(i));
    }
  }

  private void line(double x1, double y1, double x2, double y2) {
    add("<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x1, y1, x2, y2);
  }

  private void text(String style, double x, double y, String anchor, String text) {
    add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        style, x, y, anchor, text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
