package io.bisift.formats.evaluate;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The elements of a JSON array, one by one, as they stand in its file: cut apart by brackets and
 * quotes, and not looked into. Memory is one buffer, which grows to hold the longest element. Not
 * thread-safe.
 */
final class ArrayElements implements Closeable {
  private static final int FIRST_BUFFER = 1 << 18;
  private static final int LONGEST = 1 << 30;

  private final InputStream in;

  // indexes into the buffer, whose first byte is at bufferOffset in the stream
  private byte[] buffer = new byte[FIRST_BUFFER];
  private long bufferOffset;
  private int limit;
  private int at;
  private int start;
  private int end;
  private long count;

  /** The file is not what it should be. */
  static final class FormatException extends Exception {
    private static final long serialVersionUID = 1;

    FormatException(String message) {
      super(message);
    }
  }

  /**
   * @param in closed with this
   * @throws FormatException if what is there does not begin as an array
   */
  ArrayElements(InputStream in) throws IOException, FormatException {
    this.in = in;
    if (peek() == 0xEF) { // a byte-order mark
      at += 3;
    }
    if (skipSpace() != '[') {
      throw new FormatException("does not begin with [");
    }
    at++;
  }

  /**
   * Moves to the next element.
   *
   * @return false behind the last
   * @throws FormatException if the array is cut short, or goes on in a way that none does
   */
  boolean next() throws IOException, FormatException {
    start = at;
    int next = skipSpace();
    if (next == ']') {
      at++;
      if (skipSpace() >= 0) {
        throw wrong("there is more behind the array");
      }
      return false;
    }
    if (count > 0) {
      if (next >= 0 && next != ',') {
        throw wrong("no comma behind element " + count);
      }
      at++;
      skipSpace();
    }
    start = at;
    skipElement();
    end = at;
    while (end > start && isSpace(buffer[end - 1])) {
      end--;
    }
    count++;
    if (start == end) {
      throw wrong("element " + count + " is empty");
    }
    return true;
  }

  /** Moves behind what starts here, white space included: to a comma or the end of the array. */
  private void skipElement() throws IOException, FormatException {
    int depth = 0;
    boolean quoted = false;
    while (true) {
      if (at == limit && !fill()) {
        throw wrong("it ends within element " + (count + 1));
      }
      byte next = buffer[at];
      if (quoted) {
        if (next == '\\') {
          at++;
          if (at == limit && !fill()) {
            continue;
          }
        }
        quoted = next != '"';
      } else if (next == '"') {
        quoted = true;
      } else if (next == '[' || next == '{') {
        depth++;
      } else if (depth == 0 && (next == ',' || next == ']')) {
        return;
      } else if (next == ']' || next == '}') {
        depth--;
      }
      at++;
    }
  }

  private FormatException wrong(String what) {
    return new FormatException(what + " at byte " + (bufferOffset + at));
  }

  /** The current element's text, without white space around. */
  byte[] element() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** Offset of the element's first byte in the stream. */
  long offset() {
    return bufferOffset + start;
  }

  /** The first byte that is no white space, or -1. */
  private int skipSpace() throws IOException {
    int next = peek();
    while (next >= 0 && isSpace((byte) next)) {
      at++;
      next = peek();
    }
    return next;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** The byte at which this stands, or -1 at the end. */
  private int peek() throws IOException {
    return at < limit || fill() ? buffer[at] & 0xFF : -1;
  }

  /** Reads more. What lies before the current element is forgotten. */
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      bufferOffset += start;
      limit -= start;
      at -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      if (limit >= LONGEST) {
        throw new IOException("the element at byte " + bufferOffset + " is longer than 1 GiB");
      }
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(0, read);
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
