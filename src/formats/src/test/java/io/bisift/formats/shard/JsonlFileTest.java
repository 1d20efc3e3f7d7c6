package io.bisift.formats.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import io.bisift.core.text.JsonBytes;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.testkit.FullDisk;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.StorageWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JsonlFileTest {
  private static final String NAME = "data/part-00000-of-00001.jsonl";

  @TempDir Path folder;

  private JsonlFile create(Storage storage, Compression compression) throws IOException {
    return new JsonlFile(storage, new OutputLayout(folder.toString()), NAME, compression);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void holdsItsLinesAndKnowsWhatItStored(Compression compression)
      throws IOException, NoSuchAlgorithmException {
    WrittenFile written;
    try (JsonlFile file = create(new LocalStorage(), compression)) {
      file.append(new JsonBytes().raw("{}\n").string("é").raw("\n"), 2);
      written = file.finish();
    }
    byte[] stored = Files.readAllBytes(folder.resolve(NAME));
    assertArrayEquals(
        "{}\n\"é\"\n".getBytes(StandardCharsets.UTF_8),
        compression.decompress(new ByteArrayInputStream(stored)).readAllBytes());
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored));
    assertEquals(new WrittenFile(NAME, 2, stored.length, sha256), written);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void canBeEmpty(Compression compression) throws IOException {
    try (JsonlFile file = create(new LocalStorage(), compression)) {
      assertEquals(0, file.finish().records());
    }
    byte[] stored = Files.readAllBytes(folder.resolve(NAME));
    assertEquals(0, compression.decompress(new ByteArrayInputStream(stored)).readAllBytes().length);
    assertEquals(compression == Compression.NONE, stored.length == 0, "a frame of nothing");
  }

  @Test
  void hasNoNameUntilItIsFinished() throws IOException {
    try (JsonlFile file = create(new LocalStorage(), Compression.NONE)) {
      file.append(new JsonBytes().raw("{}\n"), 1);
      assertEquals(0, OutputFiles.list(folder.resolve("data")).size());
      assertEquals(1, OutputFiles.names(folder).size());
      file.finish();
      assertEquals(List.of(NAME), OutputFiles.names(folder));
    }
    assertEquals(List.of(NAME), OutputFiles.names(folder));
  }

  @Test
  void leavesNothingWhenItIsGivenUp() throws IOException {
    try (JsonlFile file = create(new LocalStorage(), Compression.GZIP)) {
      file.append(new JsonBytes().raw("{}\n"), 1);
    }
    assertEquals(List.of(), OutputFiles.names(folder));
  }

  @Test
  void doesNotMeetAnotherAttemptAtTheSameFile() throws IOException {
    try (JsonlFile one = create(new LocalStorage(), Compression.NONE);
        JsonlFile other = create(new LocalStorage(), Compression.NONE)) {
      one.append(new JsonBytes().raw("{}\n"), 1);
      other.append(new JsonBytes().raw("{}\n"), 1);
      assertEquals(one.finish(), other.finish());
    }
    assertEquals("{}\n", Files.readString(folder.resolve(NAME)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void saysThatTheDiskIsFullAndLeavesNothing(Compression compression) throws IOException {
    UserException error =
        assertThrows(
            UserException.class,
            () -> {
              try (JsonlFile file = create(new FullDisk(3), compression)) {
                file.append(new JsonBytes().raw("{\"some\": \"text\"}\n"), 1);
                file.finish();
              }
            });
    assertEquals(
        "cannot write " + folder + "/" + NAME + ": No space left on device", error.getMessage());
    assertEquals(List.of(), OutputFiles.names(folder));
  }

  @Test
  void leavesNothingWhenItCannotBeGivenItsName() throws IOException {
    StorageWrapper stuck =
        new StorageWrapper() {
          @Override
          public void move(String from, String to) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    try (JsonlFile file = create(stuck, Compression.NONE)) {
      UserException error = assertThrows(UserException.class, file::finish);
      assertEquals(
          "cannot write " + folder + "/" + NAME + ": Input/output error", error.getMessage());
    }
    assertEquals(List.of(), OutputFiles.names(folder));
  }
}
