package io.bisift.model.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.NDArray;

/** Comparison of arrays with recorded numbers. */
final class Close {
  private Close() {}

  static void assertClose(float[] expected, NDArray actual, double tolerance, String what) {
    assertClose(expected, actual.toFloatArray(), tolerance, what);
  }

  static void assertClose(float[] expected, float[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length, what);
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs((double) expected[i] - actual[i]);
      worst = error > worst || Double.isNaN(error) ? error : worst;
    }
    if (!(worst <= tolerance)) {
      fail("%s: off by %.3g, tolerance %.3g".formatted(what, worst, tolerance));
    }
  }
}
