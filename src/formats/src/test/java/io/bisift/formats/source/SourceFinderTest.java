package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceFinderTest {
  @TempDir Path folder;

  private void create(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "text");
    }
  }

  private List<String> names(String... specs) throws IOException {
    return find(specs).stream().map(SourceFile::name).toList();
  }

  private List<SourceFile> find(String... specs) throws IOException {
    List<String> paths =
        List.of(specs).stream()
            .map(spec -> spec.isEmpty() ? "" + folder : folder + "/" + spec)
            .toList();
    return new SourceFinder(new LocalStorage()).find(paths);
  }

  private UserException usageError(String... specs) {
    UserException error = assertThrows(UserException.class, () -> find(specs));
    assertEquals(UserException.Kind.USAGE, error.kind());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    return error;
  }

  @Test
  void takesTheJsonLinesFilesDirectlyInAFolder() throws IOException {
    create("b.jsonl.gz", "a.jsonl", "c.jsonl.zst", "d.json", "e.jsonl.txt", "sub/f.jsonl");
    create(".hidden.jsonl", "g.jsonl.bz2", ".jsonl");
    assertEquals(List.of("a.jsonl", "b.jsonl", "c.jsonl"), names(""));
    SourceFile gz = find("").get(1);
    assertEquals("b.jsonl.gz", gz.input());
    assertEquals(Compression.GZIP, gz.compression());
    assertEquals(4, gz.size());
    assertTrue(gz.readWhole());
  }

  @Test
  void ordersByTheUtf8BytesOfTheNameWithoutItsCompressionSuffix() throws IOException {
    // U+1F600 is above U+FF5E in UTF-8 and below it in UTF-16
    create("a.jsonl", "a b.jsonl.gz", "a-b.jsonl", "B.jsonl", "\uFF5E.jsonl", "\uD83D\uDE00.jsonl");
    create("é.jsonl", "a.jsonl.jsonl");
    assertEquals(
        List.of(
            "B.jsonl",
            "a b.jsonl",
            "a-b.jsonl",
            "a.jsonl",
            "a.jsonl.jsonl",
            "é.jsonl",
            "\uFF5E.jsonl",
            "\uD83D\uDE00.jsonl"),
        names(""));
  }

  @Test
  void takesGlobsAndFilesInAnyOrder() throws IOException {
    create("x/a1.jsonl", "x/a2.jsonl.gz", "x/b.jsonl", "x/a3.txt", "y/c.jsonl");
    assertEquals(List.of("a1.jsonl", "a2.jsonl", "c.jsonl"), names("y/c.jsonl", "x/a*"));
    assertEquals(List.of("a1.jsonl", "b.jsonl"), names("x/{a1,b}.jsonl"));
    assertEquals(List.of("a2.jsonl"), names("x/a[2-9].jsonl*"));
    assertEquals(List.of("b.jsonl"), names("x/?.jsonl"));
  }

  @Test
  void takesAFolderWhoseNameEndsWithASlashOrLooksLikeAFile() throws IOException {
    create("x.jsonl/a.jsonl", "b.jsonl");
    assertEquals(List.of("a.jsonl"), names("x.jsonl"));
    assertEquals(List.of("a.jsonl"), names("x.jsonl/"));
    assertEquals(folder + "/x.jsonl/a.jsonl", find("x.jsonl/").get(0).path());
    assertEquals(List.of("b.jsonl"), names(""), "a folder is no source");
  }

  @Test
  void takesAFileWhoseNameLooksLikeAGlob() throws IOException {
    create("a[1].jsonl", "a1.jsonl", "q?.jsonl", "s*.jsonl", "{b}.jsonl", "[.jsonl");
    for (String name : List.of("a[1].jsonl", "q?.jsonl", "s*.jsonl", "{b}.jsonl", "[.jsonl")) {
      assertEquals(List.of(name), names(name));
    }
  }

  @Test
  void skipsHiddenZipFilesAndKeepsLinksThatLeadNowhere() throws IOException {
    create("._a.zip", "a.jsonl");
    Files.createSymbolicLink(folder.resolve("b.jsonl"), folder.resolve("gone.jsonl"));

    List<SourceFile> sources = new SourceFinder(new LocalStorage()).find(List.of(folder + "/*"));

    assertEquals(List.of("a.jsonl", "b.jsonl"), sources.stream().map(SourceFile::name).toList());
    UserException error =
        assertThrows(
            UserException.class,
            () ->
                SourceReader.open(
                    new LocalStorage(), sources.get(1), new RangeId(1, 0, 0), bytes -> {}));
    assertTrue(error.getMessage().contains("or the link leads nowhere"), error.getMessage());
  }

  @Test
  void refusesTwoSourcesOfOneName() throws IOException {
    create("x/a.jsonl", "x/a.jsonl.gz", "y/a.jsonl");
    String message = usageError("x").getMessage();
    assertTrue(message.startsWith("two sources are called a.jsonl: "), message);
    assertTrue(message.contains(folder + "/x/a.jsonl.gz"), message);
    assertTrue(usageError("x/a.jsonl", "y").getMessage().contains("/y/a.jsonl"));
    usageError("y/a.jsonl", "y/a.jsonl");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    create("empty/notes.txt", "outer/annotations/a.jsonl", "zipped/annotations.zip", "data.csv");
    assertMessage("no annotations at .*/nowhere: there is no such file.*", usageError("nowhere"));
    assertMessage("no annotations at .*/x\\*.jsonl: .* no file matches", usageError("x*.jsonl"));
    assertMessage("no annotations in .*/empty: it has no .*", usageError("empty"));
    assertMessage(".* did you mean --annotations .*/outer/annotations\\?", usageError("outer"));
    assertMessage(
        ".* for its zip file, name it: --annotations .*/zipped/annotations.zip",
        usageError("zipped"));
    assertMessage(".* sources are called \\*.jsonl, .*", usageError("data.csv"));
  }

  @Test
  void saysThatNothingMatchesAnUnfinishedGlob() throws IOException {
    create("a.jsonl");
    assertMessage(".* no file matches", usageError("a[.jsonl"));
    assertMessage(".* no file matches", usageError("{a,b.jsonl"));
  }

  private static void assertMessage(String pattern, UserException error) {
    assertTrue(error.getMessage().matches(pattern), error.getMessage());
  }
}
