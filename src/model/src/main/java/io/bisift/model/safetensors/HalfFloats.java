package io.bisift.model.safetensors;

/** Two-byte floating-point numbers. */
public final class HalfFloats {
  private HalfFloats() {}

  /** The float that a bfloat16 stands for; exact. */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /**
   * The nearest bfloat16, the even one of two as near; beyond the largest, infinity. NaN stays NaN.
   */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short)
          ((bits >>> 16) | 0x40); // quiet, so that dropping the low bits cannot make it ∞
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The float that an IEEE half stands for; exact. */
  public static float fromFloat16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) { // subnormal: fraction · 2⁻²⁴
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    int wide = exponent == 0x1f ? 0xff : exponent + (127 - 15);
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }
}
