package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.testkit.TrickleChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineReaderTest {
  private static final int BUFFER = 1 << 18; // what LineReader starts with

  /** The lines of all stretches, after checking that their bytes and checksums add up. */
  private static List<PythonLines.Line> read(byte[] file, List<Long> cuts, int most, Random random)
      throws IOException {
    List<PythonLines.Line> lines = new ArrayList<>();
    long bytes = 0;
    int crc = 0;
    for (int i = 0; i + 1 < cuts.size(); i++) {
      long start = cuts.get(i);
      TrickleChannel channel = new TrickleChannel(file, (int) Math.max(0, start - 1), most, random);
      try (LineReader reader = new LineReader(channel, start, cuts.get(i + 1))) {
        while (reader.next()) {
          int length = reader.lineEnd() - reader.lineStart();
          lines.add(
              new PythonLines.Line(
                  reader.offset(),
                  new String(
                      reader.buffer(), reader.lineStart(), length, StandardCharsets.ISO_8859_1)));
          if (random.nextInt(50) == 0) {
            reader.crc(); // asking early must do no harm
          }
        }
        assertFalse(reader.next());
        bytes += reader.bytes();
        crc = Crc32c.join(crc, reader.crc(), reader.bytes());
      }
    }
    CRC32C whole = new CRC32C();
    whole.update(file);
    assertEquals(file.length, bytes, "bytes");
    assertEquals((int) whole.getValue(), crc, "checksum");
    return lines;
  }

  private static List<Long> cuts(int length, Random random) {
    TreeSet<Long> cuts = new TreeSet<>(List.of(0L, (long) length));
    int inner = random.nextInt(6);
    for (int i = 0; i < inner && length > 0; i++) {
      cuts.add((long) random.nextInt(random.nextBoolean() ? length : Math.min(length, 8)));
    }
    List<Long> list = new ArrayList<>(cuts);
    if (list.size() == 1) {
      list.add(0L); // an empty file is one empty stretch
    }
    return list;
  }

  private static byte[] file(int length, int terminatorsIn, Random random) {
    byte[] file = new byte[length];
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(terminatorsIn);
      file[i] = (byte) (kind == 0 ? '\n' : kind == 1 ? '\r' : random.nextInt(256));
      if (kind == 2 && i > 0) {
        file[i - 1] = '\r';
        file[i] = '\n';
      }
    }
    if (length >= 3 && random.nextInt(4) == 0) {
      System.arraycopy(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, file, 0, 3);
    }
    return file;
  }

  @Test
  void givesEachLineOnceWhateverTheCuts() throws IOException {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] file = file(random.nextInt(1 << random.nextInt(11)), 4 + random.nextInt(40), random);
      List<Long> cuts = cuts(file.length, random);
      int most = 1 + random.nextInt(100);
      assertEquals(
          PythonLines.of(file), read(file, cuts, most, random), "seed " + seed + ", cuts " + cuts);
    }
  }

  @Test
  void givesEachLineOnceWhereLinesOutgrowTheBuffer() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      byte[] file = file(random.nextInt(4 * BUFFER), BUFFER / (1 + random.nextInt(4)), random);
      List<Long> cuts = cuts(file.length, random);
      assertEquals(
          PythonLines.of(file),
          read(file, cuts, 1 + random.nextInt(2 * BUFFER), random),
          "seed " + seed + ", cuts " + cuts);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void endsALineWhereverInTheBufferItsTerminatorLies(String terminator) throws IOException {
    for (int before = BUFFER - 4; before <= BUFFER + 4; before++) {
      String text = "x".repeat(before) + terminator + "y" + terminator + terminator + "z";
      byte[] file = text.getBytes(StandardCharsets.ISO_8859_1);
      for (long start = 1; start < 3; start++) {
        List<Long> cuts = List.of(0L, start, (long) file.length);
        assertEquals(
            PythonLines.of(file),
            read(file, cuts, 1 << 20, new Random(before)),
            before + " bytes before, cut at " + start);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5})
  void takesCrLfForOneEndWhereverItIsCut(long cut) throws IOException {
    byte[] file = "ab\r\ncd\r\n".getBytes(StandardCharsets.US_ASCII);
    List<PythonLines.Line> lines = read(file, List.of(0L, cut, 8L), 8, new Random(1));
    assertEquals(List.of(new PythonLines.Line(0, "ab"), new PythonLines.Line(4, "cd")), lines);
  }

  @Test
  void skipsAByteOrderMarkOnlyAtTheBeginning() throws IOException {
    byte[] file = "\u00EF\u00BB\u00BFa\n\u00EF\u00BB\u00BFb".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        List.of(new PythonLines.Line(3, "a"), new PythonLines.Line(5, "\u00EF\u00BB\u00BFb")),
        read(file, List.of(0L, 5L, 9L), 9, new Random(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void doesNotLoseTheFirstLineToACutInsideTheByteOrderMark(long cut) throws IOException {
    byte[] file = "\u00EF\u00BB\u00BFa\nb".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        List.of(new PythonLines.Line(3, "a"), new PythonLines.Line(5, "b")),
        read(file, List.of(0L, cut, 6L), 9, new Random(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u00EF\u00BB\u00BF", "\u00EF", "\n", "\r", "\r\n", "\n\r", "x"})
  void readsTheSmallestFiles(String text) throws IOException {
    byte[] file = text.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        PythonLines.of(file), read(file, List.of(0L, (long) file.length), 1, new Random(1)));
  }

  @Test
  void readsALineOf50Megabytes() throws IOException {
    byte[] file = new byte[50 << 20];
    Arrays.fill(file, (byte) 'x');
    file[10] = '\n';
    file[file.length - 5] = '\r';
    TrickleChannel channel = new TrickleChannel(file, 0, 1 << 22, new Random(1));
    try (LineReader reader = new LineReader(channel, 0, Long.MAX_VALUE)) {
      assertTrue(reader.next());
      assertTrue(reader.next());
      assertEquals(11, reader.offset());
      assertEquals(file.length - 16, reader.lineEnd() - reader.lineStart());
      assertTrue(reader.next());
      assertFalse(reader.next());
      CRC32C whole = new CRC32C();
      whole.update(file);
      assertEquals((int) whole.getValue(), reader.crc());
    }
  }
}
