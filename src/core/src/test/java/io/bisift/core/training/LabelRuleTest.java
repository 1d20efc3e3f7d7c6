package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRuleTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, -0.0, 0",
    "0, 4.9e-324, 1",
    "0, 1, 1",
    "0.5, 0.5, 0",
    "0.5, 0.5000000000000001, 1",
    "0.9999999999999999, 1, 1"
  })
  void aStepIsGoodAboveTheThreshold(double threshold, double score, double label) {
    assertEquals(label, LabelRule.hard(threshold).label(score));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 0.0625, 1e-12, 1})
  void aSoftLabelIsTheScore(double score) {
    assertEquals(score, LabelRule.soft().label(score));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
  void refusesThresholdsOutOfRange(double threshold) {
    assertThrows(IllegalArgumentException.class, () -> LabelRule.hard(threshold));
  }

  @Test
  void hardLabelsNeverAreMinusZero() {
    assertEquals(0.0, LabelRule.hard(0).label(-0.0));
  }
}
