package io.bisift.core.text;

/**
 * Strict UTF-8 as RFC 3629 and Python have it: no overlong forms, no surrogates, nothing above
 * U+10FFFF.
 */
public final class Utf8 {

  private Utf8() {}

  /** Index of the first byte of {@code buffer[from, to)} that is not valid UTF-8, or -1. */
  public static int firstInvalid(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to) {
      if (buffer[at] >= 0) {
        at++;
        while (at + Long.BYTES <= to && (EightBytes.at(buffer, at) & EightBytes.HIGH_BITS) == 0) {
          at += Long.BYTES;
        }
        continue;
      }
      int width = width(buffer, at, to);
      if (width == 0) {
        return at;
      }
      at += width;
    }
    return -1;
  }

  /** Bytes of the character that starts at {@code at} with its high bit set; 0 if it is invalid. */
  private static int width(byte[] buffer, int at, int to) {
    int first = buffer[at] & 0xFF;
    if (first < 0xC2) {
      return 0; // a continuation byte, or an overlong form of ASCII
    }
    if (first < 0xE0) {
      return at + 1 < to && isContinuation(buffer[at + 1]) ? 2 : 0;
    }
    if (at + 2 >= to || !isContinuation(buffer[at + 1]) || !isContinuation(buffer[at + 2])) {
      return 0;
    }
    int second = buffer[at + 1] & 0xFF;
    if (first < 0xF0) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second >= 0xA0;
      return overlong || surrogate ? 0 : 3;
    }
    if (first > 0xF4 || at + 3 >= to || !isContinuation(buffer[at + 3])) {
      return 0;
    }
    boolean overlong = first == 0xF0 && second < 0x90;
    boolean tooLarge = first == 0xF4 && second >= 0x90;
    return overlong || tooLarge ? 0 : 4;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
