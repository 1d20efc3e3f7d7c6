package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A damaged file gives one line that names it; never half of its records in silence. */
final class DamagedSourceTest {
  @TempDir Path folder;

  private SourceFile store(Compression compression, byte[] stored) throws IOException {
    Path file = folder.resolve("a.jsonl" + compression.suffix());
    Files.write(file, stored);
    return Reading.find(file);
  }

  private static void assertRefused(SourceFile source, String how) {
    UserException error = assertThrows(UserException.class, () -> Reading.read(source), how);
    checkMessage(source, error);
  }

  private static void checkMessage(SourceFile source, UserException error) {
    String message = error.getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("cannot read " + source.path() + ": "), message);
    assertFalse(message.contains("null"), message);
    assertTrue(message.contains("cut short or damaged"), message);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void isRefusedWhereverItIsCutShort(Compression compression) throws IOException {
    byte[] text = Compressed.lines(300, 1);
    byte[] one = Compressed.of(compression, text);
    byte[] stored = Compressed.concat(one, one);
    for (int length = 1; length < stored.length; length++) {
      if (length != one.length) {
        assertRefused(
            store(compression, Arrays.copyOf(stored, length)), length + " of " + stored.length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void isRefusedWhereGarbageFollows(Compression compression) throws IOException {
    byte[] stored = Compressed.of(compression, Compressed.lines(300, 1));
    for (String garbage : new String[] {"x", "garbage, and more of it", "\0\0\0\0\0\0\0\0"}) {
      byte[] tail = garbage.getBytes(StandardCharsets.US_ASCII);
      assertRefused(store(compression, Compressed.concat(stored, tail)), garbage);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void isRefusedWhereItIsNotCompressedAtAll(Compression compression) throws IOException {
    assertRefused(store(compression, Compressed.lines(300, 1)), "plain text");
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void givesItsTextOrOneLineWhicheverByteIsWrong(Compression compression) throws IOException {
    byte[] text = Compressed.lines(2000, 1);
    text[text.length - 1] = '\n';
    byte[] stored = Compressed.of(compression, text);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] damaged = stored.clone();
      damaged[random.nextInt(stored.length)] ^= (byte) (1 << random.nextInt(8));
      SourceFile source = store(compression, damaged);
      try {
        assertArrayEquals(text, Reading.read(source));
      } catch (UserException e) {
        checkMessage(source, e);
        refused++;
      }
    }
    assertTrue(refused > 300, refused + " refused");
  }
}
