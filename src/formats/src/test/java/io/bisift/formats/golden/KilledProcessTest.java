package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9}: what {@link StoppedAnywhereTest} checks step by step, with a real process. */
final class KilledProcessTest {
  private static final int ROUNDS = 6;

  @TempDir Path temp;

  @Test
  void leavesWholeShardsAndARerunGivesTheSameBytes() throws IOException, InterruptedException {
    Path input = Golden.unpack("clean", temp);
    Path undisturbed = temp.resolve("undisturbed");
    TestRun.run(new LocalStorage(), SlowRun.parameters(input, undisturbed));
    Map<String, String> expected = OutputFiles.checksums(undisturbed);
    Random random = new Random();
    int interrupted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path output = temp.resolve("out-" + round);
      Process process = start(input, output);
      assertEquals('r', process.getInputStream().read());
      Thread.sleep(random.nextInt(1200));
      process.destroyForcibly().waitFor();
      if (!WholeShards.check(output, expected)) {
        interrupted++;
        TestRun.run(new LocalStorage(), SlowRun.parameters(input, output));
        assertEquals(expected, OutputFiles.checksums(output));
      }
    }
    assertTrue(interrupted > 0, "every process had come to its end");
  }

  private static Process start(Path input, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SlowRun.class.getName(),
            input.toString(),
            output.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
