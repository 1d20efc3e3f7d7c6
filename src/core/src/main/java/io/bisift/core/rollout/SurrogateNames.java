package io.bisift.core.rollout;

/**
 * Python takes field names that hold half a surrogate pair, written as an escape; Jackson refuses
 * them. No field in use is named so, hence what the escapes in names say does not matter.
 */
final class SurrogateNames {
  private SurrogateNames() {}

  /**
   * Makes every escaped surrogate in a name an escape for a character of private use, which changes
   * neither the length of the text nor whether it is JSON.
   *
   * @return whether there was one
   */
  static boolean mask(byte[] json) {
    boolean masked = false;
    for (int at = 0; at < json.length; at++) {
      if (json[at] == '"') {
        int end = stringEnd(json, at + 1);
        if (isName(json, end)) {
          masked |= mask(json, at + 1, end);
        }
        at = end;
      }
    }
    return masked;
  }

  private static int stringEnd(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean isName(byte[] json, int end) {
    int at = end + 1;
    while (at < json.length && json[at] <= ' ') {
      at++;
    }
    return at < json.length && json[at] == ':';
  }

  private static boolean mask(byte[] json, int from, int to) {
    boolean masked = false;
    for (int at = from; at + 3 < to; at++) {
      if (json[at] == '\\') {
        if (json[at + 1] == 'u'
            && Character.digit(json[at + 2], 16) == 0xD
            && Character.digit(json[at + 3], 16) >= 8) {
          json[at + 2] = 'E';
          json[at + 3] = '0';
          masked = true;
        }
        at++;
      }
    }
    return masked;
  }
}
