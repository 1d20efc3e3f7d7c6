package io.bisift.formats.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.storage.gcs.GcsStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoragesTest {
  @TempDir Path temp;

  @Test
  void findsTheStorageOfAPath() {
    assertInstanceOf(LocalStorage.class, Storages.of("sets/bis-10"));
    assertInstanceOf(GcsStorage.class, Storages.of("gs://bucket/sets"));
    assertSame(Storages.of("gs://bucket/sets"), Storages.of("gs://other/x"));
    assertTrue(Storages.knows("/data") && Storages.knows("gs://bucket"));
    assertFalse(Storages.knows("s3://bucket"));
    UserException unknown =
        assertThrows(UserException.class, () -> Storages.of("s3://bucket/sets"));
    assertEquals("s3://bucket/sets: there is no file system for s3:// here", unknown.getMessage());
  }

  @Test
  void takesAnyPath() throws IOException {
    Path file = Files.writeString(temp.resolve("a"), "text");
    Storage any = Storages.any();
    assertTrue(any.isFile(file.toString()));
    assertTrue(any.versions(file.toString()).isEmpty());
    assertTrue(any.versions("gs://bucket/a").isPresent());
    any.delete(List.of(file.toString()));
    assertFalse(Files.exists(file));
  }
}
