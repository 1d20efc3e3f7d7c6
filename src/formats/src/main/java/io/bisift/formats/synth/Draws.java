package io.bisift.formats.synth;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Random numbers that are the same on every JDK: of its generator only the raw bits are used. */
final class Draws {
  private static final double UNIT = 0x1p-53;

  private final SplittableRandom random;

  private Draws(SplittableRandom random) {
    this.random = random;
  }

  /** Those of one block, whatever else is made before or beside it. */
  static Draws of(long seed, String source, int block) {
    long state = mix(seed);
    for (byte b : source.getBytes(StandardCharsets.UTF_8)) {
      state = mix(state + b);
    }
    return new Draws(new SplittableRandom(mix(state + block)));
  }

  /** The finalizer of splitmix64 behind a step of its sequence. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Numbers of their own, for a part of the work. */
  Draws split() {
    return new Draws(new SplittableRandom(mix(bits())));
  }

  long bits() {
    return random.nextLong();
  }

  /** From 0 up to but not including {@code bound}. */
  int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** In [0, 1). */
  double unit() {
    return (bits() >>> 11) * UNIT;
  }

  /** 0 up to {@code count} - 1 in random order. */
  int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = below(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** One number from each of {@code count} equal parts of [0, 1), in random order. */
  double[] stratified(int count) {
    int[] order = permutation(count);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (order[i] + unit()) / count;
    }
    return numbers;
  }
}
