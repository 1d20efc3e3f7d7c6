package io.bisift.core.text;

import java.nio.charset.StandardCharsets;

/**
 * Remembers how numbers were printed. Scores are few: labels are 0.0 and 1.0, MC scores sixteenths,
 * and printing takes a microsecond. Thread-safe.
 */
final class PrintedFloats {
  private static final int REMEMBERED = 1 << 12;

  /** Immutable, so threads may pass it on without a lock. */
  private static final class Printed {
    private final long bits;
    private final byte[] text;

    Printed(double value) {
      bits = Double.doubleToRawLongBits(value);
      text = PythonFloat.print(value).getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static final Printed[] RECENT = new Printed[REMEMBERED];

  private PrintedFloats() {}

  /** ASCII of {@link PythonFloat#print}; not to be changed. */
  static byte[] print(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 52); // the high 12 bits are well mixed
    Printed printed = RECENT[slot];
    if (printed == null || printed.bits != bits) {
      printed = new Printed(value);
      RECENT[slot] = printed;
    }
    return printed.text;
  }
}
