package io.bisift.formats.storage.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.TestRun;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in a bucket, without Beam. */
final class GcsRunTest {
  private static final String INPUT = "gs://bucket/in";
  private static final String OUTPUT = "gs://bucket/out";

  @TempDir Path temp;
  private FakeGcs server;
  private Storage storage;
  private Path input;

  @BeforeEach
  void fillBucket() throws IOException {
    server = GcsRuns.server();
    storage = GcsRuns.storage(server);
    input = Golden.unpack("edges", temp);
    server.putFolder(GcsRuns.BUCKET, "in/", input);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void run(Storage storage, RunParameters parameters) throws IOException {
    TestRun.run(storage, RunGroup.of(parameters), /* threads= */ 3);
  }

  /** What the same run makes on this machine. */
  private Map<String, String> expected(Double ratio, int shards) throws IOException {
    Path output = temp.resolve("expected-" + ratio + "-" + shards);
    run(
        new LocalStorage(),
        GcsRuns.parameters(input.toString(), output.toString(), ratio, shards, true));
    return OutputFiles.checksums(output);
  }

  private Map<String, String> made() {
    return GcsRuns.checksums(server, "out");
  }

  @Test
  void makesTheSetThatItMakesOnThisMachine() throws IOException {
    for (Double ratio : new Double[] {0.25, null}) {
      run(storage, GcsRuns.parameters(INPUT, OUTPUT, ratio, 3, /* force= */ true));
      assertEquals(expected(ratio, 3), made());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void losesAndDoublesNothingWhateverFails(long seed) throws IOException {
    List<Fault> faults =
        List.of(
            Fault.status(429),
            Fault.status(503),
            Fault.CUT_REQUEST,
            Fault.LOST_ANSWER,
            Fault.CUT_ANSWER,
            Fault.SHORT_ANSWER,
            Fault.SLOW_ANSWER);
    server.failing(Faults.random(seed, 0.1, faults));
    run(storage, GcsRuns.parameters(INPUT, OUTPUT, 0.5, 2, false));
    assertEquals(expected(0.5, 2), made());
  }

  /** The next attempt is refused, because what it asks for is done. */
  @ParameterizedTest
  @ValueSource(strings = {"run.json", "manifest.json"})
  void knowsItsOwnFileAgainWhenTheAnswerWasLost(String name) throws IOException {
    server.failing(
        Faults.first(
            2,
            Fault.LOST_ANSWER,
            call -> call.names("out/" + name) && !call.method().equals("GET")));
    run(storage, GcsRuns.parameters(INPUT, OUTPUT, 0.5, 2, false));
    assertEquals(2, server.injected(Fault.Kind.LOST_ANSWER));
    assertEquals(expected(0.5, 2), made());
  }

  @Test
  void letsOneOfTwoRunsWin() throws Exception {
    List<Map<String, String>> sets = List.of(expected(0.5, 1), expected(null, 2));
    int rounds = Integer.getInteger("bisift.race.rounds", 6);
    for (int round = 0; round < rounds; round++) {
      boolean force = round % 2 == 1;
      List<Callable<?>> runs = new ArrayList<>();
      for (Double ratio : new Double[] {0.5, null}) {
        RunParameters run = GcsRuns.parameters(INPUT, OUTPUT, ratio, ratio == null ? 2 : 1, force);
        Storage own = GcsRuns.storage(server);
        runs.add(
            () -> {
              run(own, run);
              return null;
            });
      }
      List<Integer> winners = GcsRuns.race(runs);
      if (winners.size() == 2) { // one after the other
        assertTrue(force, "both won");
      }
      assertEquals(
          OutputFolder.State.COMPLETE, new OutputFolder(storage, OUTPUT).state(), "" + winners);
      assertTrue(winners.stream().map(sets::get).anyMatch(made()::equals), "" + winners);
      storage.deleteFolder(OUTPUT);
    }
  }

  @Test
  void stopsARunWhoseFolderWasTakenBeforeItsManifest() throws IOException {
    RunParameters first = GcsRuns.parameters(INPUT, OUTPUT, 0.5, 1, false);
    RunParameters second = GcsRuns.parameters(INPUT, OUTPUT, null, 1, false);
    // as the first run is about to write its manifest, the second takes the folder
    boolean[] taken = {false};
    server.failing(
        call -> {
          if (call.isUpload() && call.names("out/manifest.json") && !taken[0]) {
            taken[0] = true;
            try {
              new OutputFolder(GcsRuns.storage(server), OUTPUT).claim(second, "tool", "second");
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
          return null;
        });
    UserException lost = assertThrows(UserException.class, () -> run(storage, first));
    assertEquals(
        "another run has taken " + OUTPUT + "; this one stops, so that the two do not mix",
        lost.getMessage());
    assertEquals(List.of("run.json"), List.copyOf(server.objects("bucket", "out/").keySet()));
    server.failing(Faults.NONE);
    run(storage, second);
    assertEquals(expected(null, 1), made());
  }

  /** As a run is about to give a file its name, another one makes its set in the folder. */
  @ParameterizedTest
  @ValueSource(strings = {"data/part-00001-of-00002.jsonl", "README.md", "meta.json"})
  void leavesNothingInASetThatAnotherRunMadeMeanwhile(String late) throws IOException {
    RunParameters first = GcsRuns.parameters(INPUT, OUTPUT, null, 2, false);
    RunParameters second = GcsRuns.parameters(INPUT, OUTPUT, 0.5, 1, false);
    boolean[] taken = {false};
    server.failing(
        call -> {
          if (call.path().contains("rewriteTo")
              && call.path().contains("out/" + late)
              && !taken[0]) {
            taken[0] = true;
            String temporary = call.path().get(5);
            byte[] content = server.objects(GcsRuns.BUCKET, temporary).get("");
            try {
              run(GcsRuns.storage(server), second);
              server.put(GcsRuns.BUCKET, temporary, content); // came after the folder was cleared
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
          return null;
        });
    UserException lost = assertThrows(UserException.class, () -> run(storage, first));
    assertTrue(taken[0]);
    assertTrue(lost.getMessage().startsWith("another run has taken "), lost.getMessage());
    Map<String, String> made = made();
    made.keySet().removeIf(name -> name.startsWith(".bisift-tmp/"));
    assertEquals(expected(0.5, 1), made);
  }

  @Test
  void takesAStoppedRunUpAgain() throws IOException {
    // the second shard never gets through
    server.failing(
        Faults.all(Fault.status(403), call -> call.path().toString().contains("part-00001-of")));
    RunParameters run = GcsRuns.parameters(INPUT, OUTPUT, null, 3, false);
    UserException stopped = assertThrows(UserException.class, () -> run(storage, run));
    assertTrue(
        stopped.getMessage().contains("permission denied: gs://bucket/out/"), stopped.getMessage());
    assertFalse(made().containsKey("manifest.json"));
    assertFalse(made().containsKey("data/part-00001-of-00003.jsonl"));
    server.failing(Faults.NONE);
    run(storage, run);
    assertEquals(expected(null, 3), made());
  }
}
