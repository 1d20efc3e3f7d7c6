package io.bisift.core.text;

/**
 * White space and surrogates as Python's {@code str} has them. Java's own {@code strip} and {@code
 * isWhitespace} differ (NBSP, U+0085, U+001C to U+001F).
 */
public final class PythonText {
  private static final long SPACES = ' ' * EightBytes.ONES;
  private static final long BACKSLASHES = '\\' * EightBytes.ONES;

  private PythonText() {}

  /** Whether Python's {@code str.isspace} holds for this UTF-16 unit; no space lies beyond it. */
  public static boolean isSpace(int c) {
    if (c <= 0x20) {
      return c == 0x20 || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    }
    if (c < 0x1680) {
      return c == 0x85 || c == 0xA0;
    }
    return c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** {@code str.strip()}. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** {@code len(text.split())}: how many runs of characters that are not white space. */
  public static int countWords(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = isSpace(text.charAt(i));
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
    }
    return words;
  }

  /**
   * How many runs of characters that are not white space {@code buffer[from, to)} has, the inside
   * of a JSON string whose escapes are of one letter.
   */
  public static int countWords(byte[] buffer, int from, int to) {
    int words = 0;
    boolean inWord = false;
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to) {
        long eight = EightBytes.at(buffer, at);
        if ((eight & EightBytes.HIGH_BITS) == 0 && !hasZero(eight ^ BACKSLASHES)) {
          long text =
              (eight ^ SPACES) + ~EightBytes.HIGH_BITS; // high bits are set where no space is
          long starts = text & ~(text << Byte.SIZE | (inWord ? 0x80 : 0)) & EightBytes.HIGH_BITS;
          words += Long.bitCount(starts);
          inWord = text < 0;
          at += Long.BYTES;
          continue;
        }
      }
      int width = 1;
      boolean space = buffer[at] == ' ';
      if (buffer[at] == '\\') {
        width = 2;
        space = isSpaceEscape(buffer[at + 1]);
      } else if (buffer[at] < 0) {
        int spaceWidth = leadingSpace(buffer, at, to);
        space = spaceWidth > 0;
        width = Math.max(1, spaceWidth);
      }
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
      at += width;
    }
    return words;
  }

  /** Whether one of eight ASCII characters is zero. */
  private static boolean hasZero(long eight) {
    return ((eight - EightBytes.ONES) & ~eight & EightBytes.HIGH_BITS) != 0;
  }

  /** Whether this byte behind a backslash makes white space. */
  public static boolean isSpaceEscape(byte escaped) {
    return escaped == 'n' || escaped == 't' || escaped == 'r' || escaped == 'f';
  }

  /** The first byte of {@code buffer[from, to)}, valid UTF-8, that white space does not cover. */
  public static int stripStart(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to) {
      int width = leadingSpace(buffer, at, to);
      if (width == 0) {
        return at;
      }
      at += width;
    }
    return at;
  }

  /** The end of {@code buffer[from, to)}, valid UTF-8, without the white space before it. */
  public static int stripEnd(byte[] buffer, int from, int to) {
    int at = to;
    while (at > from) {
      int start = at - 1;
      while (start > from && (buffer[start] & 0xC0) == 0x80) {
        start--;
      }
      if (leadingSpace(buffer, start, at) != at - start) {
        return at;
      }
      at = start;
    }
    return at;
  }

  /** Whether a UTF-16 surrogate stands without its other half, so that UTF-8 cannot hold it. */
  public static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** Bytes of the white space character at {@code at}, or 0 if there is none. */
  private static int leadingSpace(byte[] buffer, int at, int to) {
    int first = buffer[at];
    if (first >= 0) {
      return isSpace(first) ? 1 : 0;
    }
    if ((first & 0xE0) == 0xC0 && at + 1 < to) {
      return isSpace(((first & 0x1F) << 6) | (buffer[at + 1] & 0x3F)) ? 2 : 0;
    }
    if ((first & 0xF0) == 0xE0 && at + 2 < to) {
      int c = ((first & 0x0F) << 12) | ((buffer[at + 1] & 0x3F) << 6) | (buffer[at + 2] & 0x3F);
      return isSpace(c) ? 3 : 0;
    }
    return 0;
  }
}
