package io.bisift.trainer.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  @TempDir Path temp;

  @Test
  void framesAreTensorBoards() throws Exception {
    try (EventFile file = EventFile.create(temp, 3, 1.5)) {
      file.write(4, 2.5, Map.of("loss", 0.25));
    }
    Path written;
    try (var files = Files.list(temp)) {
      written = files.findFirst().orElseThrow();
    }
    assertTrue(written.getFileName().toString().startsWith("events.out.tfevents.0000000001."));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(written)).order(ByteOrder.LITTLE_ENDIAN);
    // wall_time 1.5, file_version "brain.Event:2"
    assertEquals(
        "09000000000000f83f1a0d" + hex("brain.Event:2"), HexFormat.of().formatHex(frame(bytes)));
    // wall_time 1.5, step 3, session_log {status START}
    assertEquals("09000000000000f83f10033a020801", HexFormat.of().formatHex(frame(bytes)));
    // wall_time 2.5, step 4, summary {value {tag "loss", simple_value 0.25}}
    assertEquals(
        "0900000000000004401004" + "2a0d" + "0a0b" + "0a04" + hex("loss") + "150000803e",
        HexFormat.of().formatHex(frame(bytes)));
    assertEquals(0, bytes.remaining());
  }

  /** The mask of a sum worked out by hand: rotate right by 15, add the constant. */
  @Test
  void sumsAreMasked() {
    // CRC32C("123456789") = e3069283
    int sum = 0xe3069283;
    int expected = Integer.rotateRight(sum, 15) + 0xa282ead8;
    assertEquals(expected, EventFile.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] frame(ByteBuffer bytes) {
    byte[] length = new byte[8];
    bytes.get(length);
    assertEquals(EventFile.maskedCrc(length), bytes.getInt());
    long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] data = new byte[(int) size];
    bytes.get(data);
    assertEquals(EventFile.maskedCrc(data), bytes.getInt());
    return Arrays.copyOf(data, data.length);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
