package io.bisift.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdamWTest {
  private static final AdamW.Settings SETTINGS =
      new AdamW.Settings(0.9, 0.999, 1e-8, 0.05, Decay.NO_BIAS_NO_NORM);

  /** The formulas in double, beside the arrays. */
  @Test
  void followsTheFormula() {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (String name : List.of("a.weight", "a.bias")) {
        double decay = name.endsWith("weight") ? 0.05 : 0;
        AdamW optimizer = new AdamW(SETTINGS);
        NDArray weight = manager.create(new float[] {0.5f, -2});
        double[] w = {0.5, -2};
        double[] m = new double[2];
        double[] v = new double[2];
        for (int t = 1; t <= 5; t++) {
          double rate = 1e-2 / t;
          float[] g = {0.3f * t, -0.02f};
          optimizer.begin();
          optimizer.apply(name, weight, manager.create(g), 0.5, rate);
          for (int i = 0; i < 2; i++) {
            double scaled = 0.5 * g[i];
            w[i] *= 1 - rate * decay;
            m[i] = 0.9 * m[i] + 0.1 * scaled;
            v[i] = 0.999 * v[i] + 0.001 * scaled * scaled;
            double hat = Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8;
            w[i] -= rate * m[i] / (1 - Math.pow(0.9, t)) / hat;
            assertEquals(w[i], weight.toFloatArray()[i], 1e-6);
          }
        }
        optimizer.close();
      }
    }
  }

  @Test
  void leavesNoArraysBehind() {
    try (NDManager manager = NDManager.newBaseManager()) {
      AdamW optimizer = new AdamW(SETTINGS);
      NDArray weight = manager.ones(new ai.djl.ndarray.types.Shape(4));
      NDArray gradient = manager.ones(new ai.djl.ndarray.types.Shape(4));
      optimizer.begin();
      optimizer.apply("w", weight, gradient, 1, 0.1);
      int before = manager.getManagedArrays().size();
      for (int i = 0; i < 10; i++) {
        optimizer.begin();
        optimizer.apply("w", weight, gradient, 1, 0.1);
      }
      assertEquals(before, manager.getManagedArrays().size());
    }
  }

  @Test
  void clipsByTheGlobalNorm() {
    try (NDManager manager = NDManager.newBaseManager()) {
      double norm =
          GradientNorm.of(
              List.of(manager.create(new float[] {3, 0}), manager.create(new float[] {0, 4})));
      assertEquals(5, norm, 1e-6);
      assertEquals(1 / (5 + 1e-6), GradientNorm.clip(norm, 1), 1e-12);
      assertEquals(1, GradientNorm.clip(0.5, 1));
      assertEquals(1, GradientNorm.clip(50, Double.POSITIVE_INFINITY));
      assertTrue(Double.isNaN(GradientNorm.of(List.of(manager.create(new float[] {Float.NaN})))));
    }
  }
}
