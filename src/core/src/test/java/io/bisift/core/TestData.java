package io.bisift.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads the gzipped expectations among the test resources. */
public final class TestData {
  private TestData() {}

  /** The rows of a table of tab-separated values. */
  public static List<String[]> table(String resource) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(resource), StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file, split where Python's universal newlines split them, but not decoded. */
  public static List<byte[]> lines(String resource) {
    byte[] file = bytes(resource);
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < file.length; at++) {
      if (file[at] == '\n' || file[at] == '\r') {
        lines.add(Arrays.copyOfRange(file, start, at));
        if (file[at] == '\r' && at + 1 < file.length && file[at + 1] == '\n') {
          at++;
        }
        start = at + 1;
      }
    }
    if (start < file.length) {
      lines.add(Arrays.copyOfRange(file, start, file.length));
    }
    return lines;
  }

  /** A file as it was before it was compressed. */
  public static byte[] bytes(String resource) {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A string from the hex digits of its UTF-16 units. */
  public static String utf16(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_16BE);
  }

  private static InputStream open(String resource) throws IOException {
    return new GZIPInputStream(
        Objects.requireNonNull(TestData.class.getResourceAsStream(resource), resource));
  }
}
