package io.bisift.formats.compress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class Crc32cTest {
  private static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  @Test
  void ofAllPartsIsThatOfTheWhole() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[random.nextInt(round % 100 == 0 ? 1 << 20 : 300)];
      random.nextBytes(bytes);
      int joined = 0;
      int from = 0;
      while (from < bytes.length) {
        int to = from + random.nextInt(bytes.length - from + 1); // empty parts, too
        joined = Crc32c.join(joined, crc(bytes, from, to), to - from);
        from = to;
      }
      assertEquals(crc(bytes, 0, bytes.length), joined, "round " + round);
    }
  }

  @Test
  void ofNothingIsZero() {
    assertEquals(0, Crc32c.join(0, 0, 0));
    assertEquals(crc(new byte[0], 0, 0), Crc32c.join(0, 0, 0));
  }

  @Test
  void joinsPartsBeyondTheIntegerRange() {
    // eight equal parts of 2^36 bytes: joined one by one, and as doubled halves
    int part = 0x12345678;
    long length = 1L << 36;
    int oneByOne = part;
    for (int i = 1; i < 8; i++) {
      oneByOne = Crc32c.join(oneByOne, part, length);
    }
    int two = Crc32c.join(part, part, length);
    int four = Crc32c.join(two, two, 2 * length);
    assertEquals(oneByOne, Crc32c.join(four, four, 4 * length));
  }

  @Test
  void hasEightHexadecimalDigits() {
    assertEquals("0000000a", Crc32c.hex(10));
    assertEquals(
        "e3069283", Crc32c.hex(crc("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9)));
  }
}
