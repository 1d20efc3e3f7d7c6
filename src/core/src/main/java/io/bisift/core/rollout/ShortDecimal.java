package io.bisift.core.rollout;

import java.nio.charset.StandardCharsets;

/** Reads decimals as {@link Double#parseDouble} does, the short ones without making a string. */
final class ShortDecimal {
  /** So many digits are less than 2^63. */
  private static final int MAX_LENGTH = 18;

  private static final long MAX_EXACT = 1L << 53;
  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17
  };

  private ShortDecimal() {}

  /**
   * The number in {@code buffer[from, to)}, which is a JSON number without a sign. Where its digits
   * and its power of ten are both exact as doubles, one division rounds as it must.
   */
  static double parse(byte[] buffer, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return parseLong(buffer, from, to);
    }
    long digits = 0;
    int fraction = -1; // how many digits stand behind the point; -1: no point yet
    for (int at = from; at < to; at++) {
      byte next = buffer[at];
      if (next >= '0' && next <= '9') {
        digits = 10 * digits + (next - '0');
        fraction = fraction < 0 ? fraction : fraction + 1;
      } else if (next == '.') {
        fraction = 0;
      } else {
        return parseLong(buffer, from, to);
      }
    }
    if (digits > MAX_EXACT) {
      return parseLong(buffer, from, to);
    }
    return fraction <= 0 ? digits : digits / POWERS_OF_TEN[fraction];
  }

  private static double parseLong(byte[] buffer, int from, int to) {
    return Double.parseDouble(new String(buffer, from, to - from, StandardCharsets.US_ASCII));
  }
}
