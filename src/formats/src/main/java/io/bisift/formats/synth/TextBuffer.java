package io.bisift.formats.synth;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing piece of text as bytes, reused from block to block. Not thread-safe. */
final class TextBuffer extends OutputStream {
  /** How much {@link #appendShort} may write beyond the end. */
  static final int SHORT = 2 * Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 16];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** The content, valid up to {@link #length}, until something is appended. */
  byte[] bytes() {
    return bytes;
  }

  /** Makes room for so many bytes more. */
  void reserve(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
    }
  }

  void append(byte[] text) {
    write(text, 0, text.length);
  }

  void append(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  /**
   * Appends up to {@value #SHORT} bytes, the quickest way; room was made for that many.
   *
   * @param low the first eight, the first of them lowest
   */
  void appendShort(long low, long high, int count) {
    LONGS.set(bytes, length, low);
    LONGS.set(bytes, length + Long.BYTES, high);
    length += count;
  }

  /** Appends a number in decimal. */
  void appendNumber(long value, int minDigits) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, minDigits);
    reserve(digits);
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Appends a copy of a part of the content. */
  void appendCopy(int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, bytes, length, to - from);
    length += to - from;
  }

  /** Replaces the last byte. */
  void replaceLast(byte b) {
    bytes[length - 1] = b;
  }

  @Override
  public void write(int b) {
    append((byte) b);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }
}
