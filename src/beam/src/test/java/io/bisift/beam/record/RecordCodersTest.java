package io.bisift.beam.record;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import io.bisift.core.training.TrainingRecord;
import java.util.List;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

final class RecordCodersTest {
  private static final Step FULL = new Step("text 漢 😀", 0.25, 4L, 16L);

  @Test
  void rolloutsComeBackAsTheyWere() throws Exception {
    List<Rollout> rollouts =
        List.of(
            new Rollout(Images.one("a.png"), "q", List.of(FULL)),
            new Rollout(Images.several(List.of("a.png", "b.png")), null, List.of(FULL, FULL)),
            new Rollout(
                new Images(List.of(), false, "null"),
                "half a surrogate \ud800",
                List.of(new Step(null, -0.0, null, null), new Step("\udc00", null, null, 3L))));
    for (Rollout rollout : rollouts) {
      CoderProperties.coderDecodeEncodeEqual(
          RecordCoders.ROLLOUT, new SourcedRollout("x", Long.MAX_VALUE, rollout));
    }
    CoderProperties.coderSerializable(RecordCoders.ROLLOUT);
  }

  @Test
  void trainingRecordsComeBackAsTheyWere() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(
        RecordCoders.RECORD,
        new SourcedRecord(
            "x:1", new TrainingRecord(Images.one("a"), "q", List.of(FULL), List.of(1e-12))));
    CoderProperties.coderSerializable(RecordCoders.RECORD);
  }
}
