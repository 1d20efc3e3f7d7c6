package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZipSourcesTest {
  @TempDir Path folder;

  private List<SourceFile> find(ZipBuilder zip) throws IOException {
    Path file = folder.resolve("annotations.zip");
    Files.write(file, zip.build());
    return new SourceFinder(new LocalStorage()).find(List.of(file.toString()));
  }

  private List<String> names(ZipBuilder zip) throws IOException {
    return find(zip).stream().map(SourceFile::name).toList();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void areReadFromStoredAndDeflatedEntries() throws IOException {
    byte[] deflated = Compressed.lines(100_000, 1);
    deflated[99_999] = '\n';
    List<SourceFile> sources =
        find(
            new ZipBuilder()
                .deflated("b.jsonl", deflated)
                .stored("a.jsonl", text("1\n2\n"))
                .stored("empty.jsonl", text(""))
                .deflated("empty too.jsonl", text("")));
    assertEquals(
        List.of("a.jsonl", "b.jsonl", "empty too.jsonl", "empty.jsonl"),
        sources.stream().map(SourceFile::name).toList());
    assertEquals("annotations.zip!/a.jsonl", sources.get(0).input());
    assertEquals(Compression.NONE, sources.get(0).compression());
    assertArrayEquals(text("1\n2\n"), Reading.read(sources.get(0)));
    assertEquals(Compression.DEFLATE, sources.get(1).compression());
    assertArrayEquals(deflated, Reading.read(sources.get(1)));
    assertEquals(0, Reading.read(sources.get(2)).length);
    assertEquals(0, Reading.read(sources.get(3)).length);
    assertTrue(sources.stream().allMatch(SourceFile::readWhole));
  }

  @Test
  void lieAtTheRoot() throws IOException {
    assertEquals(
        List.of("a.jsonl"),
        names(
            new ZipBuilder()
                .stored("a.jsonl", text("x"))
                .stored("sub/b.jsonl", text("x"))
                .stored("notes.txt", text("x"))));
  }

  @Test
  void lieInTheOneFolderThatHoldsEverything() throws IOException {
    List<SourceFile> sources =
        find(
            new ZipBuilder()
                .folder("annotations/")
                .stored("annotations/a.jsonl", text("x"))
                .stored("annotations/sub/b.jsonl", text("x"))
                .stored("annotations/名前.jsonl", text("x")));
    assertEquals(
        List.of("annotations.zip!/annotations/a.jsonl", "annotations.zip!/annotations/名前.jsonl"),
        sources.stream().map(SourceFile::input).toList());
    assertEquals("a.jsonl", sources.get(0).name());
  }

  @Test
  void leaveOutHiddenFilesAndWhatMacsAdd() throws IOException {
    assertEquals(
        List.of("a.jsonl"),
        names(
            new ZipBuilder()
                .stored(".DS_Store", text("x"))
                .stored("top/a.jsonl", text("x"))
                .stored("top/.b.jsonl", text("x"))
                .stored("__MACOSX/top/._a.jsonl", text("x"))));
  }

  @Test
  void ofOneNameAreRefused() {
    ZipBuilder twice = new ZipBuilder().stored("a.jsonl", text("x")).stored("a.jsonl", text("y"));
    UserException error = assertThrows(UserException.class, () -> find(twice));
    assertEquals(UserException.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().contains("annotations.zip!/a.jsonl"), error.getMessage());
  }

  @Test
  void areMissedWhereAllLieDeeper() {
    ZipBuilder deep = new ZipBuilder().stored("x/y/a.jsonl", text("x"));
    UserException error = assertThrows(UserException.class, () -> find(deep));
    assertTrue(error.getMessage().startsWith("no annotations at "), error.getMessage());
  }

  @Test
  void areNotCompressedTwice() {
    ZipBuilder twice = new ZipBuilder().stored("a.jsonl.gz", text("x"));
    UserException error = assertThrows(UserException.class, () -> find(twice));
    assertTrue(error.getMessage().contains("a.jsonl.gz is compressed twice"), error.getMessage());
  }
}
