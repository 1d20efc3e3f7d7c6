package io.bisift.formats.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** An HTML page that grows from top to bottom. All text is escaped here. Not thread-safe. */
public final class Page {
  private final StringBuilder html = new StringBuilder();

  /**
   * @param title of the window and of the page
   * @param subtitle below it
   */
  public Page(String title, String subtitle) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n<h1>")
        .append(escape(title))
        .append("</h1>\n<p class=\"sub\">")
        .append(escape(subtitle))
        .append("</p>\n");
  }

  private static String style() {
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("report.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text that is safe between and inside tags. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < 0x20 && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }

  public Page heading(String text) {
    html.append("<h2>").append(escape(text)).append("</h2>\n");
    return this;
  }

  public Page paragraph(String text) {
    html.append("<p>").append(escape(text)).append("</p>\n");
    return this;
  }

  /** A few figures that stand out, each above its name. */
  public Page figures(List<String[]> figures) {
    html.append("<div class=\"figures\">\n");
    for (String[] figure : figures) {
      html.append("<div><b>")
          .append(escape(figure[0]))
          .append("</b><span>")
          .append(escape(figure[1]))
          .append("</span></div>\n");
    }
    html.append("</div>\n");
    return this;
  }

  /** A table; the first column is text, the others are numbers. */
  public Page table(List<String> headings, List<List<String>> rows) {
    html.append("<div class=\"scroll\"><table>\n<thead><tr>");
    headings.forEach(cell -> html.append("<th>").append(escape(cell)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
    return this;
  }

  /** Plots side by side where there is room. */
  public Page plots(List<Plot> plots) {
    html.append("<div class=\"plots\">\n");
    plots.forEach(plot -> html.append(plot.svg()).append('\n'));
    html.append("</div>\n");
    return this;
  }

  /** A card: text under a heading, with pictures above it if there are any. */
  public Page card(String heading, List<String> imageUris, List<Passage> passages) {
    html.append("<section class=\"card\">\n<h3>").append(escape(heading)).append("</h3>\n");
    for (String uri : imageUris) {
      html.append("<img alt=\"picture of the item\" src=\"").append(escape(uri)).append("\">\n");
    }
    for (Passage passage : passages) {
      html.append("<p")
          .append(passage.marked ? " class=\"marked\"" : "")
          .append("><em>")
          .append(escape(passage.name))
          .append("</em> ")
          .append(escape(passage.text))
          .append("</p>\n");
    }
    html.append("</section>\n");
    return this;
  }

  /**
   * Some text of a card.
   *
   * @param name stands before it
   * @param marked whether it is what the card is about
   */
  public record Passage(String name, String text, boolean marked) {}

  /** Cards from here to {@link #endCards} stand side by side. */
  public Page startCards() {
    html.append("<div class=\"cards\">\n");
    return this;
  }

  public Page endCards() {
    html.append("</div>\n");
    return this;
  }

  /** The whole file. */
  public String finish() {
    return html + "</main>\n</body>\n</html>\n";
  }
}
