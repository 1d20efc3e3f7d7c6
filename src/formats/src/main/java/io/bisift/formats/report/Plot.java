package io.bisift.formats.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plot with lines, dots or bars, as SVG whose colours the page's style sheet gives. */
public final class Plot {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 320;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 40;
  private static final int BOTTOM = 48;
  private static final int LEGEND_LINE = 16;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final StringBuilder marks = new StringBuilder();
  private final List<String> legend = new ArrayList<>();
  private @Nullable List<String> categories;

  public Plot(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  /** A plot whose horizontal axis has names at 0.5, 1.5, … */
  public static Plot ofCategories(String title, List<String> names, Axis y) {
    Plot plot = new Plot(title, new Axis("", 0, Math.max(1, names.size())), y);
    plot.categories = List.copyOf(names);
    return plot;
  }

  private String at(double px, double py) {
    return number(left(px)) + "," + number(top(py));
  }

  private double left(double px) {
    return LEFT + x.share(px) * (WIDTH - LEFT - RIGHT);
  }

  private double top(double py) {
    return TOP + (1 - y.share(py)) * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A straight line that is only there to compare with. */
  public Plot guide(double x1, double y1, double x2, double y2) {
    marks.append("<path class=\"guide\" d=\"M").append(at(x1, y1)).append('L').append(at(x2, y2));
    marks.append("\"/>\n");
    return this;
  }

  /** A series of points joined by lines; no points, no series. */
  public Plot line(String name, double[] xs, double[] ys) {
    String colour = "s" + legend.size();
    legend.add(name);
    if (xs.length > 0) {
      marks.append("<path class=\"line ").append(colour).append("\" d=\"M");
      for (int i = 0; i < xs.length; i++) {
        marks.append(i == 0 ? "" : "L").append(at(xs[i], ys[i]));
      }
      marks.append("\"/>\n");
    }
    return this;
  }

  /** A series of dots joined by lines, each with what a pointer over it tells. */
  public Plot dots(String name, double[] xs, double[] ys) {
    String colour = "s" + legend.size();
    line(name, xs, ys);
    for (int i = 0; i < xs.length; i++) {
      marks
          .append("<circle class=\"dot ")
          .append(colour)
          .append("\" r=\"3.5\" cx=\"")
          .append(number(left(xs[i])))
          .append("\" cy=\"")
          .append(number(top(ys[i])))
          .append("\">")
          .append(tip(name, ys[i]))
          .append("</circle>\n");
    }
    return this;
  }

  /** Bars from one place to another on the horizontal axis. */
  public Plot bars(String name, double[] from, double[] to, double[] heights) {
    String colour = "s" + legend.size();
    legend.add(name);
    for (int i = 0; i < heights.length; i++) {
      marks
          .append("<rect class=\"bar ")
          .append(colour)
          .append("\" x=\"")
          .append(number(left(from[i])))
          .append("\" y=\"")
          .append(number(top(heights[i])))
          .append("\" width=\"")
          .append(number(left(to[i]) - left(from[i])))
          .append("\" height=\"")
          .append(number(top(y.from()) - top(heights[i])))
          .append("\">")
          .append(tip(name, heights[i]))
          .append("</rect>\n");
    }
    return this;
  }

  /** An interval up and down from a place on the horizontal axis. */
  public Plot whisker(double place, double low, double high) {
    marks.append("<path class=\"whisker\" d=\"M").append(at(place, low));
    marks.append('L').append(at(place, high)).append("\"/>\n");
    return this;
  }

  private static String tip(String name, double value) {
    return "<title>" + Page.escape(name) + String.format(Locale.ROOT, ": %.4g</title>", value);
  }

  /** The plot as an element of a page. */
  public String svg() {
    int height = HEIGHT + (legend.size() > 1 ? LEGEND_LINE * ((legend.size() + 1) / 2) : 0);
    StringBuilder svg = new StringBuilder();
    svg.append("<svg role=\"img\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(height);
    svg.append("\">\n<title>").append(Page.escape(title)).append("</title>\n");
    text(svg, "title", LEFT, 20, title);
    for (double tick : y.ticks()) {
      svg.append("<path class=\"grid\" d=\"M").append(at(x.from(), tick)).append('L');
      svg.append(at(x.to(), tick)).append("\"/>\n");
      text(svg, "end", LEFT - 6, top(tick) + 4, y.label(tick));
    }
    horizontal(svg);
    svg.append(marks);
    svg.append("<path class=\"axis\" d=\"M").append(at(x.from(), y.from())).append('L');
    svg.append(at(x.to(), y.from())).append("\"/>\n");
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    svg.append("<text class=\"middle\" transform=\"translate(14 ").append(number(middle));
    svg.append(") rotate(-90)\">").append(Page.escape(y.name())).append("</text>\n");
    for (int i = 0; i < legend.size() && legend.size() > 1; i++) {
      double px = LEFT + (i % 2) * (WIDTH - LEFT) / 2.0;
      double py = HEIGHT + 4 + LEGEND_LINE * (i / 2);
      svg.append("<rect class=\"bar s").append(i).append("\" width=\"10\" height=\"10\" x=\"");
      svg.append(number(px)).append("\" y=\"").append(number(py - 9)).append("\"/>\n");
      text(svg, "", px + 15, py, shortened(legend.get(i), 30));
    }
    return svg.append("</svg>").toString();
  }

  private void horizontal(StringBuilder svg) {
    List<String> names = categories;
    if (names == null) {
      for (double tick : x.ticks()) {
        text(svg, "middle", left(tick), HEIGHT - BOTTOM + 16, x.label(tick));
      }
      text(svg, "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 34, x.name());
      return;
    }
    double room = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, names.size());
    for (int i = 0; i < names.size(); i++) {
      String name = shortened(names.get(i), Math.max(4, (int) (room / 6.5)));
      double down = HEIGHT - BOTTOM + 16 + (room < 60 ? 13 * (i % 2) : 0);
      text(svg, "middle", left(i + 0.5), down, name);
    }
  }

  /** At most so many characters, the last a sign that there are more; never half of one. */
  static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static void text(StringBuilder svg, String style, double px, double py, String text) {
    svg.append("<text class=\"").append(style).append("\" x=\"").append(number(px));
    svg.append("\" y=\"").append(number(py)).append("\">").append(Page.escape(text));
    svg.append("</text>\n");
  }
}
