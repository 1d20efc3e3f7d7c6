package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.StorageWrapper;
import io.bisift.formats.testkit.TrickleChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SourceReaderTest {
  @TempDir Path folder;

  private SourceFile store(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    return Reading.find(file);
  }

  private static byte[] linesWithFinalNewline(int length) {
    byte[] text = Compressed.lines(length, length);
    text[length - 1] = '\n';
    return text;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void readsTheSameLinesHoweverTheyAreStored(Compression compression) throws IOException {
    byte[] text = linesWithFinalNewline(300_000);
    byte[] stored = compression == Compression.NONE ? text : Compressed.of(compression, text);
    SourceFile source = store("a.jsonl" + compression.suffix(), stored);
    assertArrayEquals(text, Reading.read(source));
    int joined = 0;
    AtomicLong progress = new AtomicLong();
    for (RangeId range : SourceReader.split(source, 0, 7777)) {
      try (SourceReader reader =
          SourceReader.open(new LocalStorage(), source, range, progress::addAndGet)) {
        reader.skipRest();
        joined = Crc32c.join(joined, reader.crc(), reader.bytes());
      }
    }
    assertEquals(stored.length, progress.get());
    assertEquals(crc(stored), joined);
    assertEquals(crc(stored), SourceReader.checksum(new LocalStorage(), source));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void readsManyMembersAsOneStream(Compression compression) throws IOException {
    byte[] text = linesWithFinalNewline(200_000);
    for (int most : new int[] {100, 10_000, 100_000}) {
      Random random = new Random(most);
      ByteArrayOutputStream stored = new ByteArrayOutputStream();
      int from = 0;
      while (from < text.length) {
        int to = Math.min(text.length, from + random.nextInt(most)); // empty members, too
        stored.writeBytes(Compressed.of(compression, Arrays.copyOfRange(text, from, to)));
        from = to;
      }
      SourceFile source = store("a.jsonl" + compression.suffix(), stored.toByteArray());
      assertArrayEquals(text, Reading.read(source));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void readsOnWhereAMemberEndsWithABuffer(Compression compression) throws IOException {
    byte[] second = linesWithFinalNewline(100);
    for (int size : new int[] {512, 4096, 8192, 1 << 16, 128 * 1024, 128 * 1024 + 3}) {
      // as decompressors read a power of two at a time, members end before, at and behind it
      byte[] text = Compressed.lines(size * 2 - 300, 7);
      while (Compressed.of(compression, text).length < size - 1) {
        text = Compressed.lines(text.length + 1 + size / 5000, 7);
      }
      for (int more = 0; more < 4; more++) {
        byte[] stored =
            Compressed.concat(Compressed.of(compression, text), Compressed.of(compression, second));
        SourceFile source = store("a.jsonl" + compression.suffix(), stored);
        assertArrayEquals(Compressed.concat(text, second), Reading.read(source));
        text = Compressed.lines(text.length + 1, 7);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void readsFromAChannelThatNeitherSeeksNorHurries(Compression compression) throws IOException {
    byte[] text = linesWithFinalNewline(20_000);
    byte[] stored = Compressed.of(compression, text);
    SourceFile source = store("a.jsonl" + compression.suffix(), stored);
    assertArrayEquals(text, Reading.read(trickle(stored), source, 1000));
  }

  @Test
  void splitsAPlainFileThatCannotBeSoughtIn() throws IOException {
    byte[] text = linesWithFinalNewline(20_000);
    assertArrayEquals(text, Reading.read(trickle(text), store("a.jsonl", text), 3000));
  }

  private static StorageWrapper trickle(byte[] stored) {
    return new StorageWrapper() {
      @Override
      public ReadableByteChannel open(String path) {
        return new TrickleChannel(stored, 0, 50, new Random(1));
      }
    };
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
      byte[] nothing = Compressed.of(compression, new byte[0]);
      assertEquals(0, Reading.read(store("a.jsonl" + compression.suffix(), nothing)).length);
    }
    SourceFile source = store("a.jsonl", new byte[0]);
    assertEquals(List.of(new RangeId(4, 0, 0)), SourceReader.split(source, 4, 1000));
    assertEquals(0, Reading.read(source).length);
  }

  @Test
  void splitsIntoRangesThatTouch() throws IOException {
    SourceFile source = store("a.jsonl", new byte[2500]);
    assertEquals(
        List.of(new RangeId(2, 0, 1000), new RangeId(2, 1000, 2000), new RangeId(2, 2000, 2500)),
        SourceReader.split(source, 2, 1000));
    assertEquals(List.of(new RangeId(2, 0, 2500)), SourceReader.split(source, 2, Long.MAX_VALUE));
  }

  @Test
  void saysThatAFileIsGone() throws IOException {
    SourceFile source = store("a.jsonl", new byte[10]);
    Files.delete(folder.resolve("a.jsonl"));
    UserException error = assertThrows(UserException.class, () -> Reading.read(source));
    assertEquals(
        "cannot read "
            + source.path()
            + ": there is no such file (any more), or the link leads nowhere",
        error.getMessage());
    assertThrows(UserException.class, () -> SourceReader.checksum(new LocalStorage(), source));
  }

  @Test
  void saysThatAFileMayNotBeRead() throws IOException {
    SourceFile source = store("a.jsonl", new byte[10]);
    StorageWrapper locked =
        new StorageWrapper() {
          @Override
          public ReadableByteChannel open(String path) throws IOException {
            throw new AccessDeniedException(path);
          }
        };
    UserException error =
        assertThrows(UserException.class, () -> Reading.read(locked, source, 1000));
    assertEquals("cannot read " + source.path() + ": permission denied", error.getMessage());
  }
}
