package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that stops at any of its changes to the output folder leaves it fit for a rerun. */
final class StoppedAnywhereTest {
  @TempDir Path temp;
  private Path input;
  private Path output;
  private Map<String, String> expected;

  @BeforeEach
  void runUndisturbed() throws IOException {
    input = temp.resolve("in/a.jsonl");
    output = temp.resolve("out");
    Rollouts.write(input, 10);
    Files.writeString(input, "broken\n", StandardOpenOption.APPEND);
    expected = run(temp.resolve("undisturbed"));
  }

  private Map<String, String> run(Path folder) throws IOException {
    TestRun.run(new LocalStorage(), parameters(folder));
    return OutputFiles.checksums(folder);
  }

  private Parameters parameters(Path folder) {
    return Parameters.convert(input, folder).withShards(3);
  }

  /** Whether a run came to its end within so many changes. */
  private boolean ends(Parameters parameters, int changes) throws IOException {
    try {
      TestRun.run(new StoppedStorage(changes), parameters);
      return true;
    } catch (UserException | IOException e) {
      return false;
    }
  }

  @Test
  void leavesWholeShardsAndNoManifest() throws IOException {
    int changes = 0;
    while (!ends(parameters(output), changes)) {
      boolean complete = WholeShards.check(output, expected);
      if (!complete) { // else only temporary files were left to be removed
        assertEquals(expected, run(output), changes + " changes");
      }
      new LocalStorage().deleteFolder(output.toString());
      changes++;
    }
    assertTrue(changes > 30, changes + " changes");
    assertEquals(expected, OutputFiles.checksums(output));
  }

  @Test
  void leavesNoManifestOfTheSetThatItReplaces() throws IOException {
    for (int changes = 0; ; changes++) {
      TestRun.run(new LocalStorage(), parameters(output).withShards(2).withForce());
      Map<String, String> before = OutputFiles.checksums(output);
      boolean ended = ends(parameters(output).withForce(), changes);
      Map<String, String> after = OutputFiles.checksums(output);
      if (ended) {
        assertEquals(expected, after);
        return;
      }
      after.keySet().removeIf(name -> name.startsWith(".bisift-tmp/"));
      if (after.containsKey("manifest.json") && !after.equals(expected)) {
        assertEquals(before, after, "a manifest of files that are gone");
      }
      OutputFolder folder = new OutputFolder(new LocalStorage(), output.toString());
      assertTrue(folder.state() != OutputFolder.State.FOREIGN, changes + " changes");
    }
  }
}
