package io.bisift.formats.compress;

/**
 * Joins CRC32C values (Castagnoli, RFC 3720): the checksum of a file out of the checksums of its
 * parts.
 */
public final class Crc32c {
  private static final int POLYNOMIAL = 0x82F63B78; // reflected

  private Crc32c() {}

  /**
   * The CRC32C of A followed by B.
   *
   * @param crcA of A; 0 for no bytes
   * @param crcB of B
   * @param lengthB bytes of B
   */
  public static int join(int crcA, int crcB, long lengthB) {
    // a CRC is linear over GF(2): move A's past B's zeros, that is multiply by x^(8·lengthB)
    return multiply(power(8 * lengthB), crcA) ^ crcB;
  }

  /** As eight hexadecimal digits. */
  public static String hex(int crc) {
    return String.format("%08x", crc);
  }

  /** x^n modulo the polynomial; bit 31 is the coefficient of x^0. */
  private static int power(long n) {
    int result = 1 << 31;
    int square = 1 << 30; // x^1
    for (long rest = n; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = multiply(square, result);
      }
      square = multiply(square, square);
    }
    return result;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int factor = b;
    for (int bit = 31; bit >= 0; bit--) {
      if ((a >>> bit & 1) != 0) {
        product ^= factor;
      }
      factor = (factor >>> 1) ^ ((factor & 1) != 0 ? POLYNOMIAL : 0);
    }
    return product;
  }
}
