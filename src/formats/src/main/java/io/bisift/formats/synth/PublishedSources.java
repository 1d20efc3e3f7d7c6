package io.bisift.formats.synth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sources of VisualPRM400K-v1.1, in the order of the table in the paper. */
final class PublishedSources {
  private static final String TABLE = "published-sources.tsv";
  private static final int HEAD_LINES = 2;

  static final List<SourceFacts> ALL = load();

  private PublishedSources() {}

  private static List<SourceFacts> load() {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                PublishedSources.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
      return table.lines().skip(HEAD_LINES).map(PublishedSources::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(TABLE + " is broken", e);
    }
  }

  private static SourceFacts read(String line) {
    String[] cells = line.split("\t", -1);
    return new SourceFacts(
        cells[0], Double.parseDouble(cells[1]), Long.parseLong(cells[2]), Long.parseLong(cells[3]));
  }
}
