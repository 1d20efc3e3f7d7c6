package io.bisift.core.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time in one long, the first byte in its lowest bits. */
public final class EightBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A one in every byte: times a byte, that byte in all eight places. */
  public static final long ONES = 0x0101010101010101L;

  /** The highest bit of every byte. */
  public static final long HIGH_BITS = 0x8080808080808080L;

  private EightBytes() {}

  /** The bytes in {@code buffer[index, index + 8)}. */
  public static long at(byte[] buffer, int index) {
    return (long) LONGS.get(buffer, index);
  }
}
