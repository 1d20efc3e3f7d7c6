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

  private byte[] bytes = new byte[4096];
  private int length;

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
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  /** Appends a number as Python prints it. */
  public JsonBytes number(double value) {
    return raw(PythonFloat.print(value));
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
      if (bytes.length - length < 6) { // the longest form of one UTF-16 unit is \\u00XX
        reserve(Math.min(6L * (count - i), 1 << 16));
      }
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else {
        if (!Character.isHighSurrogate(c)
            || i + 1 == count
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException("lone surrogate at index " + i);
        }
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
      }
    }
    return this;
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
