package io.bisift.model.init;

import io.bisift.model.safetensors.TensorEntry;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Random values that depend on seed, tensor and place alone: scales of norms are 1, biases 0, and
 * the rest is bell-shaped around 0 with deviation 1/√(inputs of an output).
 */
final class RandomWeights {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** Deviation of the sum of four uniform values of 16 bits. */
  private static final double SUM_DEVIATION = Math.sqrt(4.0 / 12) * (1 << 16);

  private static final double SUM_MEAN = 2.0 * ((1 << 16) - 1);

  private RandomWeights() {}

  static TensorEntry tensor(String name, List<Long> shape, long seed) {
    if (name.endsWith(".bias")) {
      return constant(name, shape, 0);
    }
    if (shape.size() == 1) {
      return constant(name, shape, 1);
    }
    long start = mix(seed * STEP + name.hashCode());
    double scale = 1 / Math.sqrt((double) inputs(name, shape)) / SUM_DEVIATION;
    return new TensorEntry(
        name,
        shape,
        (from, target) -> {
          for (long at = from; target.hasRemaining(); at++) {
            target.put((float) ((sum(mix(start + at * STEP)) - SUM_MEAN) * scale));
          }
        });
  }

  /** How many numbers each output is made of. */
  private static long inputs(String name, List<Long> shape) {
    return name.endsWith("_embedding")
        ? shape.get(shape.size() - 1)
        : shape.stream().skip(1).reduce(1L, Math::multiplyExact);
  }

  private static TensorEntry constant(String name, List<Long> shape, float value) {
    return new TensorEntry(name, shape, (from, target) -> fill(target, value));
  }

  private static void fill(FloatBuffer target, float value) {
    while (target.hasRemaining()) {
      target.put(value);
    }
  }

  private static long sum(long bits) {
    return (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
  }

  /** SplitMix64's finish. */
  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
