package io.bisift.formats.source;

/** A line of text where it stands in a buffer; good until the one who gave it moves on. */
public interface TextLine {
  byte[] buffer();

  int lineStart();

  /** Behind the line's last byte, its terminator left out. */
  int lineEnd();

  /** Where its first byte stands in what it was read from. */
  long offset();
}
