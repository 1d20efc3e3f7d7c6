package io.bisift.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.trainer.data.GrowingSets;
import io.bisift.trainer.feed.VersionRecord;
import io.bisift.trainer.log.MetricsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on growing sets, by the command line. */
final class GrowingFitTest {
  private static final int UPDATES = 30;
  private static final long PATIENCE_SECONDS = 120;

  @TempDir static Path temp;
  private static TinyRun tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = TinyRun.make(temp, 40);
  }

  private static String train(String set) {
    return "--train=" + temp.resolve(set);
  }

  private static Map<Long, Double> losses(String output) throws IOException {
    Map<Long, Double> losses = new TreeMap<>();
    Path file = temp.resolve(output).resolve("metrics.jsonl");
    if (Files.exists(file)) {
      MetricsFile.read(file)
          .forEach(line -> losses.put(line.path("step").asLong(), line.path("loss").asDouble()));
    }
    return losses;
  }

  private static void assertSame(String one, String other) throws IOException {
    assertEquals(losses(one), losses(other));
    Path model = Path.of("model/model.safetensors");
    assertEquals(
        -1, Files.mismatch(temp.resolve(one).resolve(model), temp.resolve(other).resolve(model)));
  }

  @Test
  void aVersionTrainsWhatThePlainSetOfItTrains() throws IOException {
    GrowingSets sets = new GrowingSets(temp.resolve("stays"), 40);
    sets.grow(40);
    sets.grow(40);
    sets.grow(40);
    sets.compact(2, temp.resolve("plain"));
    String[] growing =
        tiny.fit("on-growing", train("stays"), "--train-version=2", "--follow=never", "--epochs=2");
    TinyRun.Said said = TinyRun.run(growing);
    assertEquals(0, said.code(), said.err());
    assertTrue(said.err().contains("stays, version 2: 24 records"), said.err());
    said = TinyRun.run(tiny.fit("on-plain", train("plain"), "--epochs=2"));
    assertEquals(0, said.code(), said.err());
    assertEquals(12, losses("on-plain").size());
    assertSame("on-plain", "on-growing");
  }

  private static Process start(String... options) throws IOException {
    return TinyRun.process(tiny.fit("killed", options))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A run is killed twice while its set grows. */
  @Test
  void aKilledRunGoesByTheVersionsThatItTookUp() throws Exception {
    GrowingSets sets = new GrowingSets(temp.resolve("grows"), 40);
    sets.grow(40);
    String[] options = {
      train("grows"), "--follow=4", "--max-updates=" + UPDATES, "--save-every=3", "--prefetch=4"
    };
    for (int kill = 1; kill <= 2; kill++) {
      Process process = start(options);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      int grown = 0;
      while (process.isAlive() && losses("killed").size() < 11 * kill) {
        assertTrue(System.nanoTime() < deadline, "no progress");
        if (losses("killed").size() > 11 * (kill - 1) + 4 * grown) {
          sets.grow(40);
          grown++;
        }
        Thread.sleep(5);
      }
      process.destroyForcibly().waitFor();
      sets.grow(40);
    }
    TinyRun.Said end = TinyRun.run(tiny.fit("killed", options));
    assertEquals(0, end.code(), end.err());
    Path versions = temp.resolve("killed/versions.jsonl");
    List<VersionRecord.Line> lines = VersionRecord.read(versions);
    assertEquals(UPDATES / 4 + 1, lines.size());
    assertTrue(lines.stream().map(VersionRecord.Line::version).distinct().count() >= 3, "" + lines);
    sets.grow(40);
    TinyRun.Said again =
        TinyRun.run(
            tiny.fit(
                "repeated",
                train("grows"),
                "--follow=4",
                "--max-updates=" + UPDATES,
                "--versions=" + versions));
    assertEquals(0, again.code(), again.err());
    assertEquals(UPDATES, losses("repeated").size());
    assertSame("repeated", "killed");
  }

  @Test
  void whatIsWrongIsSaidInALine() throws IOException {
    GrowingSets none = new GrowingSets(temp.resolve("none"), 40);
    assertSaid(1, "has no version yet; start when", train("none"), "--max-updates=3");
    none.grow(40);
    assertSaid(2, "has no version 4 yet; the newest is 1", train("none"), "--train-version=4");
    assertSaid(2, "needs --max-updates", train("none"));
    assertSaid(2, "--follow must be epoch, never or a number", train("none"), "--follow=weekly");
    assertSaid(2, "--follow must be epoch, never or a number", train("none"), "--follow=-3");
    assertSaid(2, "--train-version must be at least 0", train("none"), "--train-version=-1");
    assertSaid(2, temp.resolve("set") + " is no growing set, or not yet", "--follow=epoch");
    assertSaid(2, "none is a growing set; bisift compact", "--held-out=" + temp.resolve("none"));
    assertSaid(1, "cannot read nowhere", train("none"), "--max-updates=3", "--versions=nowhere");
  }

  private static void assertSaid(int code, String part, String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    boolean never = part.contains("no version 4");
    all[options.length] = never ? "--follow=never" : "--quiet";
    TinyRun.Said said = TinyRun.run(tiny.fit("bad", all));
    assertEquals(code, said.code(), said.err());
    assertTrue(said.err().contains(part), said.err());
    assertEquals(1, said.err().strip().lines().count(), said.err());
  }
}
