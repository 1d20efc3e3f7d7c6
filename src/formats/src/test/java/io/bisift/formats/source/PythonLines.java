package io.bisift.formats.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits a file into lines as simply as can be: what {@link LineReader} is held against. */
final class PythonLines {
  /**
   * A line.
   *
   * @param text without the terminator, one char per byte
   */
  record Line(long offset, String text) {}

  private PythonLines() {}

  static List<Line> of(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int start = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    List<Line> lines = new ArrayList<>();
    while (start < text.length()) {
      int lf = text.indexOf('\n', start);
      int cr = text.indexOf('\r', start);
      int end = lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);
      if (end < 0) {
        end = text.length();
      }
      lines.add(new Line(start, text.substring(start, end)));
      start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    return lines;
  }
}
