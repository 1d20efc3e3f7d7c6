package io.bisift.core.metrics;

/** Random numbers that are the same everywhere: SplitMix64 (Steele, Lea and Flood, 2014). */
public final class Draws {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public Draws(long seed) {
    state = seed;
  }

  /** A sequence of its own for each stream of a seed. */
  public static Draws of(long seed, long stream) {
    return new Draws(mix(seed + GAMMA) ^ mix(stream * GAMMA + 1));
  }

  /** A number in [0, bound). */
  public int below(int bound) {
    state += GAMMA;
    return (int) (((mix(state) >>> 32) * bound) >>> 32);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
