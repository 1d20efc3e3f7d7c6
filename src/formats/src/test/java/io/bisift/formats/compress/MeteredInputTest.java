package io.bisift.formats.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bisift.formats.testkit.TrickleChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class MeteredInputTest {
  private final byte[] bytes = new byte[10_000];

  MeteredInputTest() {
    new Random(1).nextBytes(bytes);
  }

  @Test
  void countsAndSumsWhatItReads() throws IOException {
    TrickleChannel channel = new TrickleChannel(bytes, 0, 100, new Random(2));
    try (MeteredInput input = new MeteredInput(channel, Long.MAX_VALUE)) {
      assertEquals(bytes[0] & 0xFF, input.read());
      assertEquals(1, input.count());
      ByteArrayOutputStream rest = readRest(input);
      assertArrayEquals(Arrays.copyOfRange(bytes, 1, bytes.length), rest.toByteArray());
      assertEquals(bytes.length, input.count());
      assertEquals(crc(bytes.length), input.crc());
      assertEquals(-1, input.read());
    }
    assertFalse(channel.isOpen());
  }

  @Test
  void endsAtItsLimit() throws IOException {
    TrickleChannel channel = new TrickleChannel(bytes, 0, 100, new Random(3));
    try (MeteredInput input = new MeteredInput(channel, 777)) {
      readRest(input);
      assertEquals(777, input.count());
      assertEquals(crc(777), input.crc());
      assertEquals(-1, input.read(new byte[5], 0, 5));
      assertEquals(0, input.read(new byte[5], 0, 0));
    }
  }

  private static ByteArrayOutputStream readRest(MeteredInput input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[333];
    for (int n = input.read(buffer, 0, 333); n >= 0; n = input.read(buffer, 0, 333)) {
      out.write(buffer, 0, n);
    }
    return out;
  }

  private int crc(int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
