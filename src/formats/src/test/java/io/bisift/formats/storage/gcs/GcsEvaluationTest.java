package io.bisift.formats.storage.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.metrics.Evaluation;
import io.bisift.core.metrics.ThresholdRule;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.formats.evaluate.LocalEvaluation;
import io.bisift.formats.evaluate.ResultFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations in a bucket, without Beam. */
final class GcsEvaluationTest {
  private static final String OUTPUT = "gs://bucket/out";
  private static final List<String> INPUTS = List.of("first", "second");

  @TempDir Path temp;
  private FakeGcs server;

  @BeforeEach
  void fillBucket() throws IOException {
    server = GcsRuns.server();
    for (String input : INPUTS) {
      Path folder = Files.createDirectories(temp.resolve(input));
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        double score = (i * (input.length() + 2L) % 17) / 16.0;
        lines
            .append("{\"data_source\": \"")
            .append(input)
            .append("\", \"labels_per_step\": [1, -1]");
        lines.append(", \"prm_scores\": [").append(score).append(", ").append(1 - score);
        lines.append("]}\n");
      }
      Files.writeString(folder.resolve("scores.jsonl"), lines);
      server.putFolder(GcsRuns.BUCKET, input + "/", folder);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void evaluate(Storage storage, String scores, String output, boolean force)
      throws IOException {
    EvaluationParameters parameters =
        new EvaluationParameters(
            List.of(),
            null,
            null,
            List.of(scores),
            List.of(),
            output,
            new Evaluation.Settings(ThresholdRule.HALF, /* replicates= */ 10, /* seed= */ 0),
            /* shards= */ 2,
            /* batchSize= */ 8,
            null,
            force);
    try (LocalEvaluation local = new LocalEvaluation(storage, "test", /* threads= */ 2)) {
      local.evaluate(parameters, "run of " + scores + " " + System.nanoTime());
    }
  }

  private Map<String, String> expected(String input) throws IOException {
    Path output = temp.resolve("out-" + input);
    evaluate(new LocalStorage(), temp.resolve(input).toString(), output.toString(), false);
    return OutputFiles.checksums(output);
  }

  /** Of two that want one folder one gets it, and no file of the other is left. */
  @Test
  void letsOneOfTwoRunsWin() throws Exception {
    List<Map<String, String>> outcomes = List.of(expected("first"), expected("second"));
    for (int round = 0; round < Integer.getInteger("bisift.race.rounds", 6); round++) {
      boolean force = round % 2 == 1;
      List<Callable<?>> runs = new ArrayList<>();
      for (String input : INPUTS) {
        Storage own = GcsRuns.storage(server);
        runs.add(
            () -> {
              evaluate(own, "gs://bucket/" + input, OUTPUT, force);
              return null;
            });
      }
      List<Integer> winners = GcsRuns.race(runs);
      assertFalse(winners.size() == 2 && !force, "both won");
      Storage storage = GcsRuns.storage(server);
      assertEquals(
          ResultFolder.State.COMPLETE, new ResultFolder(storage, OUTPUT).state(), "" + winners);
      Map<String, String> made = GcsRuns.checksums(server, "out");
      assertTrue(winners.stream().map(outcomes::get).anyMatch(made::equals), "" + winners);
      storage.deleteFolder(OUTPUT);
    }
  }
}
