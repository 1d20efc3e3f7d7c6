package io.bisift.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "1.25, 1.3 s",
    "42.4, 42 s",
    "60, 1:00 min",
    "3599, 59:59 min",
    "7260, 2:01 h"
  })
  void suitsTheEye(double seconds, String text) {
    assertEquals(text, Durations.format((long) (seconds * 1e9)));
  }
}
