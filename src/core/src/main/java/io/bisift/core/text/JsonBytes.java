package io.bisift.core.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of JSON text in the byte form of Python's {@code json.dumps(…,
 * ensure_ascii=False)}. Reused from record to record. Not thread-safe.
 */
public final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final double FIFTEEN_DIGITS = 1e15;

  /** Smaller numbers are printed in scientific form. */
  private static final double SHORT_FROM = 1e-4;

  /** Bytes of a character's longest form, {@code \\u00XX}. */
  private static final int LONGEST = 6;

  private byte[] bytes;
  private int length;

  public JsonBytes() {
    this(4096);
  }

  /**
   * @param capacity bytes that are expected
   */
  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Forgets the content, keeps the memory. */
  public JsonBytes clear() {
    length = 0;
    return this;
  }

  /** Appends text that is ASCII and needs no escape: punctuation, names, numbers. */
  public JsonBytes raw(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  public JsonBytes raw(byte[] text) {
    return raw(text, 0, text.length);
  }

  /** Appends {@code text[from, to)}, JSON already. */
  public JsonBytes raw(byte[] text, int from, int to) {
    reserve(to - from);
    System.arraycopy(text, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  /** Appends a number as Python prints it. */
  public JsonBytes number(double value) {
    if (value >= SHORT_FROM && value < 1 && appendShort(value)) {
      return this;
    }
    return raw(PrintedFloats.print(value));
  }

  /**
   * Appends 0.DIGITS where fifteen digits are enough. No two decimals of so many digits are one
   * double, so there is no shorter form but without zeros at the end.
   */
  private boolean appendShort(double value) {
    long digits = (long) Math.rint(value * FIFTEEN_DIGITS);
    if (digits / FIFTEEN_DIGITS != value) { // both are exact, so the quotient is rounded once
      return false;
    }
    int count = 15;
    while (digits % 100_000 == 0) {
      digits /= 100_000;
      count -= 5;
    }
    while (digits % 10 == 0) {
      digits /= 10;
      count--;
    }
    reserve(count + 2);
    bytes[length] = '0';
    bytes[length + 1] = '.';
    length += 2 + count;
    for (int at = length; count > 0; count--) {
      bytes[--at] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    return true;
  }

  /** Appends a whole number ≥ 0. */
  public JsonBytes number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    length += digits;
    int at = length;
    long rest = value;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return this;
  }

  /** Appends a whole string, quotes included. */
  public JsonBytes string(String text) {
    return raw("\"").escaped(text).raw("\"");
  }

  /**
   * Appends the inside of a string.
   *
   * @throws IllegalArgumentException if a surrogate stands alone: UTF-8 cannot hold it
   */
  public JsonBytes escaped(String text) {
    int count = text.length();
    for (int i = 0; i < count; i++) {
      if (bytes.length - length < LONGEST) {
        reserve(Math.min((long) LONGEST * (count - i), 1 << 16));
      }
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (!Character.isSurrogate(c)) {
        utf8(c);
      } else {
        if (!Character.isHighSurrogate(c)
            || i + 1 == count
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException("lone surrogate at index " + i);
        }
        utf8(Character.toCodePoint(c, text.charAt(++i)));
      }
    }
    return this;
  }

  /** Appends a character of the inside of a string; no half of a surrogate pair. */
  public JsonBytes escaped(int codePoint) {
    reserve(LONGEST);
    if (codePoint < 0x80) {
      ascii((char) codePoint);
    } else {
      utf8(codePoint);
    }
    return this;
  }

  /** Appends a character that is not ASCII. */
  private void utf8(int c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | (c >> 6));
    } else {
      if (c < 0x10000) {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
      } else {
        bytes[length++] = (byte) (0xF0 | (c >> 18));
        bytes[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      }
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
  }

  private void ascii(char c) {
    if (c >= 0x20) {
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
      }
      bytes[length++] = (byte) c;
      return;
    }
    bytes[length++] = '\\';
    switch (c) {
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      case '\b' -> bytes[length++] = 'b';
      case '\f' -> bytes[length++] = 'f';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 0xF];
      }
    }
  }

  /** The buffer that holds the text in its first {@link #length} bytes, until more is appended. */
  public byte[] buffer() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void reserve(long more) {
    if (more > bytes.length - length) {
      long wanted = Math.max(length + more, Math.min(2L * bytes.length, 1 << 30));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
    }
  }
}
