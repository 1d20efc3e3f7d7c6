package io.bisift.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatsTest {
  @Test
  void everyBfloat16ComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloats.fromBfloat16((short) bits);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value))));
      } else {
        assertEquals((short) bits, HalfFloats.toBfloat16(value));
      }
    }
  }

  @Test
  void roundsToTheNearestTiesToEven() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (i % 2 == 0) { // a tie
        value = Float.intBitsToFloat((Float.floatToRawIntBits(value) & 0xffff0000) | 0x8000);
      }
      float down = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
      float up = Float.intBitsToFloat((Float.floatToRawIntBits(value) & 0xffff0000) + 0x10000);
      if (Float.isFinite(value) && Float.isFinite(up)) {
        int order = distance(value, down).compareTo(distance(value, up));
        boolean downIsEven = (Float.floatToRawIntBits(down) & 0x10000) == 0;
        float nearest = order < 0 || (order == 0 && downIsEven) ? down : up;
        assertEquals(nearest, HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value)));
      }
    }
  }

  private static BigDecimal distance(float a, float b) {
    return new BigDecimal(a).subtract(new BigDecimal(b)).abs();
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0.0",
    "0x0001, 5.9604645e-8",
    "0x03ff, 6.097555e-5",
    "0x0400, 6.1035156e-5",
    "0x3c00, 1",
    "0xc500, -5",
    "0x7bff, 65504",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN"
  })
  void readsHalves(String bits, float value) {
    assertEquals(value, HalfFloats.fromFloat16(Integer.decode(bits).shortValue()));
  }
}
