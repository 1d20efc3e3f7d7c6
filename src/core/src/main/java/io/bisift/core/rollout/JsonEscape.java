package io.bisift.core.rollout;

/** What the escapes in JSON strings stand for (RFC 8259, section 7). */
final class JsonEscape {
  private JsonEscape() {}

  /**
   * The UTF-16 unit of the escape whose backslash is at {@code at}, which ends before {@code to};
   * -1 if there is no escape.
   */
  static int unit(byte[] buffer, int at, int to) {
    return switch (at + 1 < to ? buffer[at + 1] : 0) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal(buffer, at + 2, to);
      default -> -1;
    };
  }

  private static int hexadecimal(byte[] buffer, int start, int to) {
    if (to - start < 4) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < start + 4; i++) {
      int digit = Character.digit(buffer[i] & 0xFF, 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
