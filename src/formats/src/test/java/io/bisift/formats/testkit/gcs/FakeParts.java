package io.bisift.formats.testkit.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a multipart body, as Latin-1, headers included.
 *
 * @param texts one for each part
 */
record FakeParts(List<String> texts) {
  private static final String END_OF_HEADERS = "\r\n\r\n";

  static FakeParts of(String contentType, byte[] body) {
    String boundary =
        contentType.substring(contentType.indexOf("boundary=") + "boundary=".length());
    boundary = boundary.replace("\"", "");
    int semicolon = boundary.indexOf(';');
    String separator = "--" + (semicolon < 0 ? boundary : boundary.substring(0, semicolon)).strip();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    List<String> parts = new ArrayList<>();
    int start = text.indexOf(separator) + separator.length();
    while (!text.startsWith("--", start)) {
      int end = text.indexOf("\r\n" + separator, start);
      parts.add(text.substring(text.indexOf("\r\n", start) + 2, end));
      start = end + 2 + separator.length();
    }
    return new FakeParts(parts);
  }

  String headers(int part) {
    return texts.get(part).substring(0, endOfHeaders(part));
  }

  byte[] body(int part) {
    String text = texts.get(part);
    int start = Math.min(text.length(), endOfHeaders(part) + END_OF_HEADERS.length());
    return text.substring(start).getBytes(StandardCharsets.ISO_8859_1);
  }

  private int endOfHeaders(int part) {
    int end = texts.get(part).indexOf(END_OF_HEADERS);
    return end < 0 ? texts.get(part).length() : end;
  }
}
