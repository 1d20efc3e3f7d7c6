package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.bisift.model.config.Architecture;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.config.RopeScaling;
import io.bisift.model.input.TokenBatch;
import java.util.Arrays;

/**
 * Rotary positions: angle of position p and channel j &lt; d/2 is p · θ^(-2j/d), in float32 as the
 * reference has it. Nothing is kept from one call to the next (the reference's InternLM2 keeps the
 * scaled table of its longest call).
 *
 * <p>Linear scaling divides positions by f. Dynamic scaling applies where a call has length N
 * beyond M: θ' = θ · (f·N/M - (f - 1))^(d/(d-2)). N is the padded length for InternLM2, the largest
 * position plus one for Qwen2.
 */
final class Rotary {
  private Rotary() {}

  /** Cosines and sines, each [B or 1, 1, 1, N, d], both halves alike. */
  static NDList tables(LanguageConfig config, TokenBatch batch, NDManager manager) {
    long[] positions = batch.positions();
    int rows = positions == null ? 1 : batch.rows();
    if (positions == null) {
      positions = new long[batch.length()];
      Arrays.setAll(positions, i -> i);
    }
    float[] inverse = inverseFrequencies(config, length(config, batch, positions));
    float divisor =
        config.ropeScaling().filter(s -> s.kind() == RopeScaling.Kind.LINEAR).isPresent()
            ? (float) config.ropeScaling().get().factor()
            : 1;
    int half = inverse.length;
    float[] cos = new float[positions.length * 2 * half];
    float[] sin = new float[cos.length];
    for (int p = 0; p < positions.length; p++) {
      float position = positions[p] / divisor;
      for (int j = 0; j < half; j++) {
        float angle = position * inverse[j];
        int at = p * 2 * half + j;
        cos[at] = cos[at + half] = (float) Math.cos(angle);
        sin[at] = sin[at + half] = (float) Math.sin(angle);
      }
    }
    Shape shape = new Shape(rows, 1, 1, batch.length(), 2L * half);
    NDArray cosines = manager.create(cos, shape);
    return new NDList(cosines, manager.create(sin, shape));
  }

  private static long length(LanguageConfig config, TokenBatch batch, long[] positions) {
    return config.architecture() == Architecture.INTERNLM2
        ? batch.length()
        : Arrays.stream(positions).max().orElse(0) + 1;
  }

  private static float[] inverseFrequencies(LanguageConfig config, long length) {
    int width = config.headWidth();
    double theta = config.ropeTheta();
    boolean dynamic =
        config.ropeScaling().filter(s -> s.kind() == RopeScaling.Kind.DYNAMIC).isPresent();
    if (dynamic && length > config.maxPositions()) {
      double factor = config.ropeScaling().get().factor();
      double growth = factor * length / config.maxPositions() - (factor - 1);
      theta *= Math.pow(growth, (double) width / (width - 2));
    }
    float[] inverse = new float[width / 2];
    for (int j = 0; j < inverse.length; j++) {
      inverse[j] = (float) (1 / Math.pow(theta, 2.0 * j / width));
    }
    return inverse;
  }
}
