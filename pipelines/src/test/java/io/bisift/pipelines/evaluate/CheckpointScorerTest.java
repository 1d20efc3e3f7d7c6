package io.bisift.pipelines.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.StepScorer;
import io.bisift.formats.evaluate.CheckpointScorer;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointScorerTest {
  @Test
  void copiesACheckpointFromABucketForAsLongAsItIsUsed() throws IOException {
    Set<String> before = new HashSet<>(FakeScorer.OPENED.keySet());
    try (FakeGcs server = GcsRuns.server()) {
      server.put(GcsRuns.BUCKET, "model/config.json", bytes("{}"));
      server.put(GcsRuns.BUCKET, "model/more/vocab.json", bytes("[]"));
      server.put(GcsRuns.BUCKET, "model-2/config.json", bytes("no"));
      Storage storage = GcsRuns.storage(server);
      StepScorer scorer = CheckpointScorer.open(storage, ScorerSettings.of("gs://bucket/model"));
      Set<String> opened = new HashSet<>(FakeScorer.OPENED.keySet());
      opened.removeAll(before);
      assertEquals(1, opened.size());
      Path folder = Path.of(opened.iterator().next());
      assertEquals("{}", Files.readString(folder.resolve("config.json")));
      assertEquals("[]", Files.readString(folder.resolve("more/vocab.json")));
      scorer.close();
      assertFalse(Files.exists(folder));
      UserException missing =
          assertThrows(
              UserException.class,
              () -> CheckpointScorer.open(storage, ScorerSettings.of("gs://bucket/none")));
      assertEquals("--checkpoint gs://bucket/none has no files", missing.getMessage());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
