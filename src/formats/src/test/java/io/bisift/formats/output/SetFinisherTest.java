package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.StorageWrapper;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetFinisherTest {
  @TempDir Path temp;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() throws IOException {
    input = temp.resolve("in/a.jsonl");
    output = temp.resolve("out");
    Rollouts.write(input, 9);
    Files.writeString(input, "broken\n\n", StandardOpenOption.APPEND);
  }

  private Parameters parameters() {
    return Parameters.convert(input, output).withShards(2);
  }

  @Test
  void noticesShardsThatAreGoneChangedOrOfAnotherRun() throws IOException {
    Manifest manifest = TestRun.run(new LocalStorage(), parameters());
    OutputFolder folder = new OutputFolder(new LocalStorage(), output.toString());
    folder.requireShards(manifest);

    Path extra = output.resolve("data/part-00000-of-00004.jsonl");
    Files.writeString(extra, "");
    assertShardsRefused(folder, manifest, extra + " does not belong to the set");
    Files.delete(extra);
    Path index = output.resolve("index/part-00001-of-00002.jsonl");
    Files.writeString(index, "more", StandardOpenOption.APPEND);
    assertShardsRefused(folder, manifest, index + " has changed");
    Path data = output.resolve("data/part-00000-of-00002.jsonl");
    Files.delete(data);
    assertShardsRefused(folder, manifest, data + " is gone");
  }

  private static void assertShardsRefused(
      OutputFolder folder, Manifest manifest, String beginning) {
    UserException error = assertThrows(UserException.class, () -> folder.requireShards(manifest));
    assertTrue(error.getMessage().startsWith(beginning), error.getMessage());
  }

  @Test
  void leavesACompleteSetAndNothingElse() throws IOException {
    TestRun.run(new LocalStorage(), parameters());
    assertEquals(
        List.of(
            "README.md",
            "data/part-00000-of-00002.jsonl",
            "data/part-00001-of-00002.jsonl",
            "index/part-00000-of-00002.jsonl",
            "index/part-00001-of-00002.jsonl",
            "manifest.json",
            "meta.json",
            "rejected/part-00000-of-00001.jsonl",
            "run.json"),
        OutputFiles.names(output));
    assertFalse(Files.exists(output.resolve(".bisift-tmp")));
    RunFile run = new OutputFolder(new LocalStorage(), "" + output).runFile().orElseThrow();
    assertNotNull(run.finished());
    assertNotNull(run.wallSeconds());
    assertEquals("local", run.runner());
  }

  @Test
  void writesTheManifestLast() throws IOException {
    List<String> names = new ArrayList<>();
    StorageWrapper recording =
        new StorageWrapper() {
          @Override
          public void move(String from, String to) throws IOException {
            super.move(from, to);
            names.add(to.substring(output.toString().length() + 1));
          }
        };
    TestRun.run(recording, parameters());
    assertEquals("run.json", names.get(0));
    assertEquals("manifest.json", names.get(names.size() - 1));
  }

  @Test
  void writesNoMetaFileForCompressedShards() throws IOException {
    TestRun.run(new LocalStorage(), parameters().withCompression(Compression.GZIP));
    assertFalse(Files.exists(output.resolve("meta.json")));
    assertTrue(Files.exists(output.resolve("data/part-00001-of-00002.jsonl.gz")));
    assertTrue(Files.exists(output.resolve("index/part-00001-of-00002.jsonl")));
  }

  @Test
  void failsWhereMoreRecordsAreBadThanAllowed() throws IOException {
    UserException error =
        assertThrows(
            UserException.class,
            () -> TestRun.run(new LocalStorage(), parameters().withMaxRejected(0.09)));
    assertEquals(
        "1 of 10 records (10.00 %) are bad, more than --max-rejected 0.09 allows; see "
            + output
            + "/rejected for the reasons",
        error.getMessage());
    assertFalse(Files.exists(output.resolve("manifest.json")));
    assertTrue(Files.exists(output.resolve("rejected/part-00000-of-00001.jsonl")));
    TestRun.run(new LocalStorage(), parameters().withMaxRejected(0.1));
    assertTrue(Files.exists(output.resolve("manifest.json")));
  }

  @Test
  void stopsWhereAnotherRunHasTakenTheFolder() throws IOException {
    Manifest manifest = TestRun.run(new LocalStorage(), parameters());
    RunParameters parameters = parameters().withForce().build();
    new OutputFolder(new LocalStorage(), "" + output).claim(parameters, "tool", "other");
    SetFinisher finisher = new SetFinisher(new LocalStorage(), parameters, "mine");
    UserException error =
        assertThrows(UserException.class, () -> finisher.finish(manifest, "none"));
    assertTrue(error.getMessage().startsWith("another run has taken "), error.getMessage());
    assertEquals(List.of("run.json"), OutputFiles.names(output));
  }

  @Test
  void writesNoManifestOnAFullDisk() {
    StorageWrapper full =
        new StorageWrapper() {
          @Override
          public void move(String from, String to) throws IOException {
            if (to.endsWith("manifest.json")) {
              throw new IOException("No space left on device");
            }
            super.move(from, to);
          }
        };
    UserException error = assertThrows(UserException.class, () -> TestRun.run(full, parameters()));
    assertEquals("cannot write into " + output + ": No space left on device", error.getMessage());
    assertFalse(Files.exists(output.resolve("manifest.json")));
  }
}
