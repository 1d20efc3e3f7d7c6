package io.bisift.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class LearningRateTest {
  @Test
  void isTheReferencesSchedule() throws Exception {
    JsonNode golden =
        new ObjectMapper().readTree(getClass().getResourceAsStream("lr_schedule.json"));
    for (JsonNode schedule : golden.path("schedules")) {
      LearningRate rate =
          new LearningRate(
              LearningRate.Shape.COSINE,
              1,
              schedule.path("warmup_ratio").asDouble(),
              schedule.path("total_steps").asLong());
      assertEquals(schedule.path("warmup_steps").asLong(), rate.warmup());
      JsonNode multipliers = schedule.path("lr_multiplier_at_update");
      for (int k = 0; k < multipliers.size(); k++) {
        assertEquals(multipliers.path(k).asDouble(), rate.at(k), 1e-12, "update " + k);
      }
    }
  }

  @Test
  void constantKeepsItsRateAfterTheWarmUp() {
    LearningRate rate = new LearningRate(LearningRate.Shape.CONSTANT, 2e-3, 0.5, 4);
    assertEquals(0, rate.at(0));
    assertEquals(1e-3, rate.at(1));
    assertEquals(2e-3, rate.at(2));
    assertEquals(2e-3, rate.at(3));
  }

  @Test
  void refusesRatesThatAreNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LearningRate(LearningRate.Shape.COSINE, Double.NaN, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LearningRate(LearningRate.Shape.COSINE, 1, 1.5, 1));
  }
}
