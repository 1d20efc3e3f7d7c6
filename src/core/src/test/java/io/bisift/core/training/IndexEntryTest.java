package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.text.JsonBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexEntryTest {
  private static String index(String id, Rollout rollout, double alpha) throws Exception {
    TrainingRecord record = Conversions.leavingOut(LabelRule.hard(0)).convert(rollout);
    JsonBytes json = new JsonBytes();
    new IndexEntry(id, record, RolloutScore.of(rollout), alpha).appendTo(json);
    return json.toString();
  }

  @Test
  void saysWhereARecordCameFromAndHowItScored() throws Exception {
    Rollout rollout =
        new Rollout(
            Images.one("i.png"),
            "q",
            List.of(new Step("a", 0.75, 12L, 16L), new Step("b", 0.0, 0L, 16L)));
    assertEquals(
        "{\"id\": \"geos:7\", \"image\": \"i.png\", \"p\": 0.5, \"R\": 0.75, \"n\": 2, \"BIS\":"
            + " 0.22499999999999998, \"mc_correct\": [12, 0], \"mc_total\": [16, 16]}",
        index("geos:7", rollout, 0.05));
  }

  @Test
  void listsCountsOfTheStepsThatAreWritten() throws Exception {
    Rollout rollout =
        new Rollout(
            Images.several(List.of("i", "j")),
            "q",
            List.of(
                new Step(null, 1.0, 16L, 16L),
                new Step("a", 1.0, null, 9L),
                new Step("b", null, 3L, 4L),
                new Step("c", 0.0, 1L << 53, null)));
    assertEquals(
        "{\"id\": \"名 \\\"x\\\":1\", \"image\": [\"i\", \"j\"], \"p\": 0.6666666666666666, \"R\": 1.0,"
            + " \"n\": 3, \"BIS\": 0.22222222222222224, \"mc_correct\": [null, 9007199254740992],"
            + " \"mc_total\": [9, null]}",
        index("名 \"x\":1", rollout, 0));
  }
}
