package io.bisift.core.rollout;

import io.bisift.core.text.EightBytes;
import io.bisift.core.text.PythonText;
import io.bisift.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Moves over the JSON of one line without decoding it: strings eight bytes at a time, numbers and
 * literals by their grammar. What it gets over is valid in the dialect of {@link RolloutParser};
 * what is rare or wrong ends in {@link Unsure}, also where the dialect would take it ({@code NaN},
 * escapes in names, nesting beyond {@value #MAX_DEPTH}).
 *
 * <p>Allocates nothing, save for numbers of many digits. Not thread-safe.
 */
final class JsonSkimmer {
  /** The line needs a full parse. Has no stack trace, which would cost more than that. */
  static final class Unsure extends Exception {
    private static final long serialVersionUID = 1L;

    Unsure() {
      super("only a full parse can tell", null, false, false);
    }
  }

  /** How deep a value that is skipped may nest. */
  static final int MAX_DEPTH = 32;

  private static final long QUOTE_TO_SPACE = ('"' ^ ' ') * EightBytes.ONES;
  private static final long BEHIND_SPACES = (' ' + 1) * EightBytes.ONES;
  private static final long BACKSLASHES = '\\' * EightBytes.ONES;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] buffer = new byte[0];
  private int at;
  private int to;
  private int stringStart;
  private int stringEnd;
  private long highBits; // those of the current string, at least
  private boolean loneSurrogate;
  private boolean oddEscape;

  /** Begins with {@code buffer[from, to)}. */
  void start(byte[] buffer, int from, int to) {
    this.buffer = buffer;
    this.at = from;
    this.to = to;
    loneSurrogate = false;
    skipSpace();
  }

  /** Makes sure that nothing is left. */
  void finish() throws Unsure {
    skipSpace();
    if (at < to) {
      throw new Unsure();
    }
  }

  /** The byte that comes next; 0, which stands nowhere in JSON, at the end. */
  byte peek() {
    return at < to ? buffer[at] : 0;
  }

  /** Whether some string so far has an escaped surrogate without its other half. */
  boolean hasLoneSurrogate() {
    return loneSurrogate;
  }

  /**
   * Enters the object or list that comes next.
   *
   * @param close what ends it
   * @return whether there is something in it
   */
  boolean enter(char close) {
    at++;
    skipSpace();
    if (peek() == close) {
      at++;
      return false;
    }
    return true;
  }

  /**
   * Moves on inside an object or a list, from behind a value.
   *
   * @return whether another member or element follows; if not, this is behind {@code close}
   */
  boolean more(char close) throws Unsure {
    skipSpace();
    byte next = peek();
    at++;
    if (next == ',') {
      skipSpace();
      return true;
    }
    if (next != close) {
      throw new Unsure();
    }
    return false;
  }

  /** Moves over a member's name and its colon. A name has no escapes, or it is unsure. */
  void readName() throws Unsure {
    beginString();
    endString(plainEnd(at));
    skipSpace();
    requireNext(':');
    skipSpace();
  }

  /** Whether this is the name just read. */
  boolean isNamed(byte[] name) {
    return stringEnd - stringStart == name.length
        && Arrays.equals(buffer, stringStart, stringEnd, name, 0, name.length);
  }

  /** Moves over a string. */
  void skipString() throws Unsure {
    beginString();
    int end = plainEnd(at);
    while (end < to && buffer[end] == '\\') {
      end = plainEnd(behindEscape(end));
    }
    endString(end);
  }

  private void beginString() throws Unsure {
    requireNext('"');
    stringStart = at;
    highBits = 0;
    oddEscape = false;
  }

  private void endString(int end) throws Unsure {
    stringEnd = end;
    at = end;
    requireNext('"');
    if ((highBits & EightBytes.HIGH_BITS) != 0
        && Utf8.firstInvalid(buffer, stringStart, end) >= 0) {
      throw new Unsure();
    }
  }

  /** Whether the string just skipped stands as {@code JsonBytes} would write it. */
  boolean isStandardString() {
    return !oddEscape;
  }

  /** Index of the first byte in the string just skipped. */
  int stringStart() {
    return stringStart;
  }

  /** Index behind the last byte in the string just skipped. */
  int stringEnd() {
    return stringEnd;
  }

  /** Index of the byte that comes next. */
  int position() {
    return at;
  }

  /** Whether the string just skipped is empty. */
  boolean isEmptyString() {
    return stringStart == stringEnd;
  }

  /** Whether the string just skipped is empty or all white space, as Python has it. */
  boolean isBlankString() throws Unsure {
    int start = stringStart;
    while (start < stringEnd) {
      byte first = buffer[start];
      if (first > ' ' && first != '\\') {
        return false;
      }
      if (first == '\\') {
        if (!PythonText.isSpace(escaped(start))) {
          return false;
        }
        start += buffer[start + 1] == 'u' ? 6 : 2;
      } else {
        int behindSpace = PythonText.stripStart(buffer, start, stringEnd);
        if (behindSpace == start) {
          return false;
        }
        start = behindSpace;
      }
    }
    return true;
  }

  /** Moves over a value of any kind. */
  void skipValue() throws Unsure {
    skipValue(MAX_DEPTH);
  }

  private void skipValue(int depth) throws Unsure {
    switch (peek()) {
      case '"' -> skipString();
      case '{' -> {
        requireDepth(depth);
        for (boolean more = enter('}'); more; more = more('}')) {
          readName();
          skipValue(depth - 1);
        }
      }
      case '[' -> {
        requireDepth(depth);
        for (boolean more = enter(']'); more; more = more(']')) {
          skipValue(depth - 1);
        }
      }
      case 't' -> skipLiteral(TRUE);
      case 'f' -> skipLiteral(FALSE);
      case 'n' -> skipLiteral(NULL);
      default -> {
        if (peek() == '-') {
          at++;
        }
        skipUnsigned();
      }
    }
  }

  private static void requireDepth(int depth) throws Unsure {
    if (depth == 0) {
      throw new Unsure();
    }
  }

  /**
   * Moves over a number without a sign.
   *
   * @return what {@link Double#parseDouble} makes of it
   */
  double readUnsigned() throws Unsure {
    int start = at;
    skipUnsigned();
    return ShortDecimal.parse(buffer, start, at);
  }

  private void skipUnsigned() throws Unsure {
    if (peek() == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (peek() == '.') {
      at++;
      skipDigits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      skipDigits();
    }
  }

  private void skipDigits() throws Unsure {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw new Unsure();
    }
  }

  private void skipLiteral(byte[] literal) throws Unsure {
    int end = at + literal.length;
    if (end > to || !Arrays.equals(buffer, at, end, literal, 0, literal.length)) {
      throw new Unsure();
    }
    at = end;
  }

  private void requireNext(char expected) throws Unsure {
    if (peek() != expected) {
      throw new Unsure();
    }
    at++;
  }

  private void skipSpace() {
    while (at < to && buffer[at] <= ' ' && isSpace(buffer[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /** Index of the first quote, backslash or control character from {@code start} on, or the end. */
  private int plainEnd(int start) {
    byte[] bytes = buffer;
    int lastEight = to - Long.BYTES;
    int next = start;
    long seen = 0;
    while (next <= lastEight) {
      long eight = EightBytes.at(bytes, next);
      seen |= eight;
      long marks = marks(eight);
      if (marks != 0) {
        highBits |= seen;
        return next + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      next += Long.BYTES;
    }
    while (next < to && !isMarked(bytes[next])) {
      seen |= bytes[next];
      next++;
    }
    highBits |= seen;
    return next;
  }

  private static boolean isMarked(byte b) {
    return b == '"' || b == '\\' || (b >= 0 && b < ' ');
  }

  /**
   * Marks quotes, backslashes and control characters by their high bits. There may be false marks
   * above a right one; the lowest is always right.
   */
  private static long marks(long eight) {
    long quotesAndControls = (eight ^ QUOTE_TO_SPACE) - BEHIND_SPACES; // 0x22 becomes 0x20
    long backslashes = (eight ^ BACKSLASHES) - EightBytes.ONES;
    return (quotesAndControls | backslashes) & ~eight & EightBytes.HIGH_BITS;
  }

  /** Index behind the escape at {@code escape}; behind both halves of a surrogate pair. */
  private int behindEscape(int escape) throws Unsure {
    int unit = escaped(escape);
    if (buffer[escape + 1] != 'u') {
      oddEscape |= buffer[escape + 1] == '/';
      return escape + 2;
    }
    oddEscape = true;
    int end = escape + 6;
    if (!Character.isSurrogate((char) unit)) {
      return end;
    }
    if (Character.isHighSurrogate((char) unit)
        && end + 1 < to
        && buffer[end] == '\\'
        && buffer[end + 1] == 'u'
        && Character.isLowSurrogate((char) escaped(end))) {
      return end + 6;
    }
    loneSurrogate = true;
    return end;
  }

  /** The UTF-16 unit that the escape at {@code escape} stands for. */
  private int escaped(int escape) throws Unsure {
    int unit = JsonEscape.unit(buffer, escape, to);
    if (unit < 0) {
      throw new Unsure();
    }
    return unit;
  }
}
