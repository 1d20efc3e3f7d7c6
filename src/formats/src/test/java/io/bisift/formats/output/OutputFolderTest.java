package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.FullDisk;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.StorageWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputFolderTest {
  @TempDir Path temp;
  private Path output;
  private OutputFolder folder;

  @BeforeEach
  void open() {
    output = temp.resolve("out");
    folder = new OutputFolder(new LocalStorage(), output.toString());
  }

  private Parameters parameters() {
    return Parameters.convert(temp.resolve("in"), output);
  }

  private void claim(String id) throws IOException {
    folder.claim(parameters().build(), "tool", id);
  }

  private void create(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(output.resolve(name).getParent());
      Files.writeString(output.resolve(name), "text");
    }
  }

  @Test
  void isEmptyWhetherOrNotItIsThere() throws IOException {
    assertEquals(OutputFolder.State.EMPTY, folder.state());
    Files.createDirectories(output.resolve("data"));
    assertEquals(OutputFolder.State.EMPTY, folder.state());
  }

  @Test
  void isTakenByWritingTheRunFile() throws IOException {
    claim("one");
    assertEquals(List.of("run.json"), OutputFiles.names(output));
    assertEquals(OutputFolder.State.UNFINISHED, folder.state());
    RunFile run = folder.runFile().orElseThrow();
    assertEquals("one", run.id());
    assertEquals("tool", run.tool());
    assertEquals(parameters().build(), run.parameters());
    assertDoesNotThrow(() -> folder.requireOwner("one"));
  }

  @Test
  void mayBeTakenTwiceByOneRunWithoutLosingItsShards() throws IOException {
    claim("one");
    create("data/part-00000-of-00001.jsonl", ".bisift-tmp/x");
    claim("one");
    assertEquals(3, OutputFiles.names(output).size());
  }

  @Test
  void isClearedOfWhatAnUnfinishedRunLeft() throws IOException {
    claim("one");
    create("data/part-00000-of-00003.jsonl.gz", "index/part-00000-of-00003.jsonl");
    create("rejected/part-00000-of-00001.jsonl", ".bisift-tmp/x", "README.md", "meta.json");
    claim("two");
    assertEquals(List.of("run.json"), OutputFiles.names(output));
    UserException error = assertThrows(UserException.class, () -> folder.requireOwner("one"));
    assertTrue(error.getMessage().startsWith("another run has taken " + output));
  }

  @Test
  void tellsARunWhoseFilesAnotherOneHasClearedThatItLostTheFolder() throws IOException {
    claim("one");
    create(".bisift-tmp/x");
    String from = output + "/.bisift-tmp/x";
    String to = output + "/data/part-00000-of-00001.jsonl";
    claim("two");
    UserException lost =
        assertThrows(UserException.class, () -> folder.ownedBy("one").move(from, to));
    assertTrue(lost.getMessage().startsWith("another run has taken " + output));
    assertThrows(NoSuchFileException.class, () -> folder.ownedBy("two").move(from, to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"format\": \"bisift-r", "null", "{}", "[1]", "{\"parameters\": {}}"})
  void isLeftAloneWhereItsRunFileIsNotOurs(String text) throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("run.json"), text);
    create("README.md");
    assertEquals(OutputFolder.State.FOREIGN, folder.state());
    UserException error = assertThrows(UserException.class, () -> claim("two"));
    assertTrue(error.getMessage().contains("its run.json is not one of ours"), error.getMessage());
    assertEquals(List.of("README.md", "run.json"), OutputFiles.names(output));
  }

  @Test
  void isTakenUpAgainWhereARunWasKilledBeforeItHadARunFile() throws IOException {
    create(".bisift-tmp/run.json");
    assertEquals(OutputFolder.State.UNFINISHED, folder.state());
    claim("two");
    assertEquals(List.of("run.json"), OutputFiles.names(output));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "data/notes.txt", "data/part-00000-of-00001.jsonl"})
  void isLeftAloneWhereItHoldsSomethingElse(String name) throws IOException {
    create(name);
    assertEquals(OutputFolder.State.FOREIGN, folder.state());
    UserException error = assertThrows(UserException.class, () -> claim("one"));
    assertEquals(UserException.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().startsWith(output + " holds files that are not Bisift's ("));
    assertEquals(List.of(name), OutputFiles.names(output));
  }

  @Test
  void isLeftAloneWhereSomethingElseLiesBesideAnUnfinishedRun() throws IOException {
    claim("one");
    create("a.txt", "b.txt");
    UserException error =
        assertThrows(
            UserException.class,
            () -> folder.claim(parameters().withForce().build(), "tool", "two"));
    assertTrue(error.getMessage().contains("(a.txt and 1 more)"), error.getMessage());
    assertEquals(List.of("a.txt", "b.txt", "run.json"), OutputFiles.names(output));
  }

  @Test
  void keepsACompleteSetUnlessForced() throws IOException {
    claim("one");
    create("manifest.json", "data/part-00000-of-00001.jsonl");
    assertEquals(OutputFolder.State.COMPLETE, folder.state());
    UserException error = assertThrows(UserException.class, () -> claim("two"));
    assertEquals(output + " holds a complete set; --force replaces it", error.getMessage());
    assertEquals(3, OutputFiles.names(output).size());
    folder.claim(parameters().withForce().build(), "tool", "two");
    assertEquals(List.of("run.json"), OutputFiles.names(output));
  }

  @Test
  void losesItsManifestFirst() throws IOException {
    claim("one");
    create("manifest.json", "data/part-00000-of-00001.jsonl", "README.md");
    List<List<String>> deletions = new ArrayList<>();
    StorageWrapper recording =
        new StorageWrapper() {
          @Override
          public void delete(List<String> paths) throws IOException {
            deletions.add(paths);
            super.delete(paths);
          }
        };
    new OutputFolder(recording, output.toString())
        .claim(parameters().withForce().build(), "tool", "two");
    assertEquals(List.of(output + "/manifest.json"), deletions.get(0));
    assertFalse(
        deletions.stream().flatMap(List::stream).anyMatch(path -> path.endsWith("/run.json")),
        "the folder is never without an owner");
  }

  @Test
  void mayBeNamedWithASlash() throws IOException {
    OutputFolder slash = new OutputFolder(new LocalStorage(), output + "/");
    claim("one");
    create("data/part-00000-of-00001.jsonl");
    assertEquals(OutputFolder.State.UNFINISHED, slash.state());
    slash.claim(parameters().build(), "tool", "two");
    assertEquals(List.of("run.json"), OutputFiles.names(output));
  }

  @Test
  void saysWhyItCannotBeWritten() throws IOException {
    Files.writeString(output, "a file");
    UserException error = assertThrows(UserException.class, () -> claim("one"));
    assertTrue(error.getMessage().startsWith("cannot write into " + output + ": "));
    assertFalse(error.getMessage().contains("Exception"), error.getMessage());
    Files.delete(output);
    OutputFolder full = new OutputFolder(new FullDisk(10), output.toString());
    assertEquals(
        "cannot write into " + output + ": No space left on device",
        assertThrows(UserException.class, () -> full.claim(parameters().build(), "tool", "one"))
            .getMessage());
    assertEquals(OutputFolder.State.UNFINISHED, folder.state());
  }
}
