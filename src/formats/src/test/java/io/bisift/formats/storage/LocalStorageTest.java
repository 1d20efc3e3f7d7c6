package io.bisift.formats.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.testkit.OutputFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStorageTest {
  private final Storage storage = new LocalStorage();
  @TempDir Path temp;

  private String path(String name) {
    return temp + "/" + name;
  }

  private void create(String name, String text) throws IOException {
    try (WritableByteChannel file = storage.create(path(name))) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void createsTheFoldersAboveAFileAndReplacesIt() throws IOException {
    create("x/y/a", "long text");
    create("x/y/a", "text");
    assertEquals("text", Files.readString(temp.resolve("x/y/a")));
  }

  @Test
  void movesAFileOverAnother() throws IOException {
    create("a", "new");
    create("x/b", "old");
    storage.move(path("a"), path("x/b"));
    storage.move(path("x/b"), path("y/c"));
    assertEquals(List.of("y/c"), OutputFiles.names(temp));
    assertEquals("new", Files.readString(temp.resolve("y/c")));
  }

  @Test
  void listsFilesUnderTheNameThatTheFolderHas() throws IOException {
    create("x/a", "12");
    create("x/y/b", "");
    assertEquals(List.of(new StoredFile(path("x/a"), 2)), storage.list(path("x")));
    assertEquals(List.of(new StoredFile(path("x/a"), 2)), storage.list(path("x/")));
    assertEquals(2, storage.listAll(path("x")).size());
    assertEquals(List.of(), storage.listAll(path("nowhere")));
    assertEquals("a", storage.list(path("x")).get(0).name());
  }

  @Test
  void tellsFilesFromFolders() throws IOException {
    create("x/a", "");
    assertTrue(storage.isFolder(path("x")));
    assertFalse(storage.isFile(path("x")));
    assertTrue(storage.isFile(path("x/a")));
    assertFalse(storage.isFolder(path("x/a")));
    assertFalse(storage.isFile(path("nowhere")));
  }

  @Test
  void deletesWhatIsThere() throws IOException {
    create("x/y/a", "");
    create("x/b", "");
    storage.delete(List.of(path("x/b"), path("nowhere")));
    assertEquals(List.of("x/y/a"), OutputFiles.names(temp));
    storage.deleteFolder(path("x"));
    storage.deleteFolder(path("x"));
    assertFalse(Files.exists(temp.resolve("x")));
  }

  @Test
  void doesNotOpenWhatIsNotThere() {
    assertThrows(NoSuchFileException.class, () -> storage.open(path("nowhere")));
  }
}
