package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A zip file that lies, or is damaged, gives one line that names it. */
final class ZipDefenceTest {
  private static final byte[] TEXT = "some text\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private List<SourceFile> find(byte[] zip) throws IOException {
    Path file = folder.resolve("a.zip");
    Files.write(file, zip);
    return new SourceFinder(new LocalStorage()).find(List.of(file.toString()));
  }

  private void readAll(byte[] zip) throws IOException {
    for (SourceFile source : find(zip)) {
      assertArrayEquals(TEXT, Reading.read(source));
    }
  }

  private String refusal(byte[] zip) {
    UserException error = assertThrows(UserException.class, () -> readAll(zip));
    checkMessage(error);
    return error.getMessage();
  }

  private void checkMessage(UserException error) {
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    assertTrue(error.getMessage().contains("a.zip"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.jsonl",
        "x/../../a.jsonl",
        "/a.jsonl",
        "C:/a.jsonl",
        "..\\a.jsonl",
        "\\a.jsonl",
        "c:\\a.jsonl",
        "x/..",
        "../.hidden"
      })
  void refusesEntriesThatPointOutside(String name) {
    String message = refusal(new ZipBuilder().stored("ok.jsonl", TEXT).stored(name, TEXT).build());
    assertTrue(message.contains("points outside the archive"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b.jsonl", "...jsonl", "ab:c.jsonl"})
  void takesEntriesThatOnlyLookLikeIt(String name) throws IOException {
    readAll(new ZipBuilder().stored("ok.jsonl", TEXT).stored(name, TEXT).build());
  }

  @Test
  void refusesEntriesThatOverlap() {
    ZipBuilder zip =
        new ZipBuilder()
            .stored("a.jsonl", TEXT)
            .stored("a.jsonl", TEXT)
            .but(
                entry -> {
                  entry.headerOffset = 0;
                  entry.name[0] = 'a';
                });
    assertTrue(refusal(zip.build()).contains("overlap, as in a zip bomb"));
  }

  @Test
  void refusesEncryptedEntries() {
    ZipBuilder zip = new ZipBuilder().stored("a.jsonl", TEXT).but(entry -> entry.flags |= 1);
    assertTrue(refusal(zip.build()).contains("is encrypted or compressed in a way"));
  }

  @Test
  void refusesMethodsItDoesNotKnow() {
    ZipBuilder zip = new ZipBuilder().stored("a.jsonl", TEXT).but(entry -> entry.method = 12);
    assertTrue(refusal(zip.build()).contains("is encrypted or compressed in a way"));
  }

  @Test
  void noticesAWrongChecksum() {
    for (ZipBuilder zip :
        List.of(
            new ZipBuilder().stored("a.jsonl", TEXT), new ZipBuilder().deflated("a.jsonl", TEXT))) {
      String message = refusal(zip.but(entry -> entry.crc ^= 1).build());
      assertTrue(message.contains("the checksum in the zip file is another"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 1000, 0x7FFFFFFFL, 0xFFFFFFFEL})
  void noticesAnEntryThatIsSaidToBeLongerThanItIs(long size) {
    refusal(
        new ZipBuilder().stored("a.jsonl", TEXT).but(entry -> entry.compressedSize = size).build());
  }

  @Test
  void noticesAnEntryThatIsSaidToBeShorterThanItIs() {
    refusal(
        new ZipBuilder().deflated("a.jsonl", TEXT).but(entry -> entry.compressedSize--).build());
    refusal(new ZipBuilder().stored("a.jsonl", TEXT).but(entry -> entry.compressedSize--).build());
  }

  @Test
  void refusesABomb() {
    byte[] zeros = new byte[100 << 20];
    String message = refusal(new ZipBuilder().deflated("a.jsonl", zeros).build());
    assertTrue(message.contains("as a decompression bomb does"), message);
  }

  @Test
  void isRefusedWhereverItIsCutShort() {
    byte[] zip = new ZipBuilder().stored("a.jsonl", TEXT).deflated("b.jsonl", TEXT).build();
    for (int length = 0; length < zip.length; length++) {
      refusal(Arrays.copyOf(zip, length));
    }
  }

  @Test
  void givesItsTextOrOneLineWhicheverByteIsWrong() throws IOException {
    byte[] zip = new ZipBuilder().stored("a.jsonl", TEXT).deflated("b.jsonl", TEXT).build();
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] damaged = zip.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(zip.length)] = (byte) random.nextInt(256);
      }
      try {
        readAll(damaged);
      } catch (UserException e) {
        checkMessage(e);
        refused++;
      }
    }
    assertTrue(refused > 300, refused + " refused");
  }
}
