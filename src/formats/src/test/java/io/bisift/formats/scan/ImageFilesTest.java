package io.bisift.formats.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.testkit.StorageWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFilesTest {
  @TempDir Path root;
  private int questions;

  private ImageFiles images(String path) {
    return new ImageFiles(
        new StorageWrapper() {
          @Override
          public boolean isFile(String file) throws IOException {
            questions++;
            return super.isFile(file);
          }
        },
        path);
  }

  @Test
  void looksBelowTheRoot() throws IOException {
    Files.createDirectories(root.resolve("x"));
    Files.createFile(root.resolve("x/名前 1.png"));
    for (String path : new String[] {root.toString(), root + "/"}) {
      assertTrue(images(path).exists("x/名前 1.png"));
      assertFalse(images(path).exists("x/2.png"));
      assertFalse(images(path).exists("x"), "a folder is no picture");
    }
  }

  @Test
  void takesAnAbsolutePathForItself() throws IOException {
    Path file = Files.createFile(root.resolve("1.png"));
    assertTrue(images("/nowhere").exists(file.toString()));
  }

  @Test
  void findsNothingUnderNamesThatNoFileCanHave() throws IOException {
    for (String name : new String[] {"", "a\0b", "x".repeat(5000)}) {
      assertFalse(images(root.toString()).exists(name));
    }
  }

  @Test
  void findsNothingWhereNoFileSystemKnowsTheName() throws IOException {
    ImageFiles images =
        new ImageFiles(
            new StorageWrapper() {
              @Override
              public boolean isFile(String file) {
                throw UserException.usage(file + ": there is no file system for https:// here");
              }
            },
            root.toString());
    assertFalse(images.exists("https://example.org/a.png"));
  }

  @Test
  void asksOnceForAPictureThatManyRolloutsShare() throws IOException {
    ImageFiles images = images(root.toString());
    for (int i = 0; i < 100; i++) {
      images.exists(i % 2 + ".png");
    }
    assertEquals(2, questions);
  }

  @Test
  void forgetsWhatItHasNotBeenAskedForLong() throws IOException {
    ImageFiles images = images(root.toString());
    for (int i = 0; i < 10_000; i++) {
      images.exists(i + ".png");
    }
    images.exists("0.png");
    assertEquals(10_001, questions);
  }

  @Test
  void failsWhereNobodyMayLook() {
    ImageFiles images =
        new ImageFiles(
            new StorageWrapper() {
              @Override
              public boolean isFile(String file) {
                throw UserException.failure("permission denied: " + file);
              }
            },
            "gs://bucket/images");
    assertThrows(UserException.class, () -> images.exists("a.png"));
  }

  @Test
  void listsAFolderThatIsAskedForOftenOnce() throws IOException {
    int[] listed = {0};
    ImageFiles images =
        new ImageFiles(
            new StorageWrapper() {
              @Override
              public boolean isFile(String file) {
                questions++;
                return file.endsWith("0.png");
              }

              @Override
              public Optional<Set<String>> names(String folder, int most) {
                listed[0]++;
                return folder.endsWith("/large/")
                    ? Optional.empty()
                    : Optional.of(Set.of("0.png", "10.png", "20.png", "900.png"));
              }
            },
            "gs://bucket/images");
    for (int i = 0; i < 1000; i++) {
      assertEquals(Set.of(0, 10, 20, 900).contains(i), images.exists("x/" + i + ".png"), "" + i);
    }
    assertEquals(1, listed[0]);
    assertEquals(FolderNames.ASKED, questions);
    for (int i = 0; i < 100; i++) {
      assertEquals(i % 10 == 0, images.exists("large/" + i + ".png"));
    }
    assertEquals(2, listed[0]);
    assertEquals(FolderNames.ASKED + 100, questions);
  }
}
