package io.bisift.core.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopFractionTest {
  @ParameterizedTest
  @CsvSource({
    "0.25, 0, 0",
    "0.25, 1, 1",
    "0.25, 3, 1",
    "0.25, 8, 2",
    "0.25, 11, 2",
    "0.29, 100, 28", // 28.999999999999996 in double
    "0.07, 100, 7", // 7.000000000000001
    "0.333, 1000, 333",
    "0.1, 3, 1",
    "1, 7, 7",
    "5e-324, 9, 1",
    "0.9999999999999999, 10, 9",
    "0.5, 4294967296, 2147483648",
    "1, 1099511627776, 1099511627776"
  })
  void keepsTheFloorOfTheProductInDoubleAndAtLeastOne(double ratio, long count, long kept) {
    assertEquals(kept, new TopFraction(ratio).of(count));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, -0.1, 1.0000000000000002, 25, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRatiosOutOfRange(double ratio) {
    assertThrows(IllegalArgumentException.class, () -> new TopFraction(ratio));
  }

  @Test
  void saysWhatTheRatioWas() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new TopFraction(1.5));
    assertEquals("the keep ratio must be in (0, 1], was 1.5", e.getMessage());
  }
}
