package io.bisift.runners.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.commandline.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectDefaultsTest {
  private static final String ROLLOUT =
      "{\"image\": \"a.png\", \"question\": \"q\", \"steps_with_score\":"
          + " [{\"step\": \"s\", \"score\": 0.5}]}\n";

  @TempDir Path folder;

  /** What the launcher tells Beam for a command line. */
  private Map<String, String> defaultsFor(String... more) throws IOException {
    Map<String, String> seen = new HashMap<>();
    run(
        (GivenOptions given) -> {
          seen.putAll(new DirectDefaults().of(given));
          return seen;
        },
        more);
    return seen;
  }

  private void run(RunnerDefaults defaults, String... more) throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), ROLLOUT);
    String[] args = new String[more.length + 5];
    args[0] = "convert";
    args[1] = "--annotations=" + folder;
    args[2] = "--output=" + folder.resolve("set");
    args[3] = "--image-root=" + folder.resolve("none"); // so that nothing runs
    args[4] = "--quiet";
    System.arraycopy(more, 0, args, 5, more.length);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertEquals(2, Bisift.run(new Screen(stream, stream, false), defaults, args));
  }

  @Test
  void setTheDirectRunnerUpForWork() throws IOException {
    Map<String, String> defaults = defaultsFor();
    assertEquals("DirectRunner", defaults.get("runner"));
    assertEquals("false", defaults.get("enforceImmutability"));
    assertEquals("false", defaults.get("enforceEncodability"));
    assertEquals("false", defaults.get("blockOnRun"));
    assertEquals(
        Integer.toString(Runtime.getRuntime().availableProcessors()),
        defaults.get("targetParallelism"));
  }

  @Test
  void leaveTheWorkToThisProcessWhereNobodyAsksForBeam() throws IOException {
    assertFalse(new DirectDefaults().alwaysBeam());
    run(
        new RunnerDefaults() {
          @Override
          public Map<String, String> of(GivenOptions given) {
            throw new AssertionError("Beam was asked");
          }

          @Override
          public boolean alwaysBeam() {
            return new DirectDefaults().alwaysBeam();
          }
        });
  }

  @Test
  void followTheCommandLine() throws IOException {
    assertEquals("7", defaultsFor("--parallelism", "7").get("targetParallelism"));
    assertFalse(defaultsFor("--runner=directrunner").isEmpty());
    assertTrue(defaultsFor("--runner=SomeOtherRunner").isEmpty());
  }
}
