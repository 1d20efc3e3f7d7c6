package io.bisift.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.trainer.checkpoint.CheckpointFolder;
import io.bisift.trainer.log.MetricsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed, and runs that are asked to stop, with real processes. */
final class KilledRunTest {
  private static final int UPDATES = 40;
  private static final int KILLS = 3;
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path temp;

  private static String[] options(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of("--max-updates=" + UPDATES, "--save-every=3", "--keep=2", "--log-every=1"));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  private static Process start(TinyRun tiny, String output) throws IOException {
    return TinyRun.process(tiny.fit(output, options()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The losses by update, as far as they are told. */
  private Map<Long, Double> losses(String output) throws IOException {
    Map<Long, Double> losses = new TreeMap<>();
    Path file = temp.resolve(output).resolve("metrics.jsonl");
    if (Files.exists(file)) {
      for (JsonNode line : MetricsFile.read(file)) {
        losses.put(line.path("step").asLong(), line.path("loss").asDouble());
      }
    }
    return losses;
  }

  /** Waits until a run has made some updates more. */
  private void await(Process process, String output, long updates) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && losses(output).size() < updates) {
      assertTrue(System.nanoTime() < deadline, "no progress");
      Thread.sleep(5);
    }
  }

  @Test
  void lossesAreThoseOfAnUndisturbedRun() throws Exception {
    TinyRun tiny = TinyRun.make(temp, 12);
    assertEquals(0, TinyRun.run(tiny.fit("whole", options())).code());
    Map<Long, Double> whole = losses("whole");
    assertEquals(UPDATES, whole.size());
    Random random = new Random(7);
    int interrupted = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(tiny, "killed");
      long before = new CheckpointFolder(temp.resolve("killed/checkpoints")).list().size();
      await(process, "killed", Math.min(UPDATES - 5, (kill + 1) * 9L + before));
      Thread.sleep(random.nextInt(60));
      interrupted += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
    }
    assertTrue(interrupted > 0, "every process had come to its end");
    TinyRun.Said end = TinyRun.run(tiny.fit("killed", options()));
    assertEquals(0, end.code(), end.err());
    assertEquals(whole, losses("killed"));
    assertEquals(
        -1,
        Files.mismatch(
            temp.resolve("whole/model/model.safetensors"),
            temp.resolve("killed/model/model.safetensors")));

    Process stopped = start(tiny, "stopped");
    await(stopped, "stopped", 4);
    stopped.destroy(); // SIGTERM
    assertTrue(stopped.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(143, stopped.exitValue());
    long reached =
        CheckpointFolder.open(
                new CheckpointFolder(temp.resolve("stopped/checkpoints")).last().orElseThrow())
            .update();
    assertEquals(losses("stopped").size(), reached, "it saved where it stopped");
    assertEquals(0, TinyRun.run(tiny.fit("stopped", options())).code());
    assertEquals(whole, losses("stopped"));
  }
}
