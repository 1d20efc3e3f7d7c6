package io.bisift.formats.synth;

/**
 * Draws K of a score K/16: how many of 16 continuations reach the answer from a step that is not
 * wrong, binomial but never 0.
 */
final class McScores {
  /** N of a score K/N. */
  static final int SEQUENCES = 16;

  private static final int LEVELS = 128;

  /** By level of success and K: chance, of 2^32, of more than K. */
  private static final long[][] ABOVE = table();

  private McScores() {}

  private static long[][] table() {
    long[][] above = new long[LEVELS + 1][SEQUENCES + 1];
    for (int level = 0; level <= LEVELS; level++) {
      double success = (double) level / LEVELS;
      double more = 0;
      for (int k = SEQUENCES; k >= 0; k--) {
        above[level][k] = (long) (more * 0x1p32);
        more += chance(success, k);
      }
    }
    return above;
  }

  private static double chance(double success, int k) {
    double chance = 1;
    for (int i = 0; i < k; i++) {
      chance *= success * (SEQUENCES - i) / (i + 1);
    }
    for (int i = k; i < SEQUENCES; i++) {
      chance *= 1 - success;
    }
    return chance;
  }

  /** The table row of a chance of success in [0, 1]. */
  static int level(double success) {
    return (int) Math.round(success * LEVELS);
  }

  /** K, from 1 to 16. */
  static int draw(int level, Draws draws) {
    long[] above = ABOVE[level];
    long draw = draws.bits() >>> 32;
    int k = SEQUENCES;
    while (k > 1 && draw >= above[k - 1]) {
      k--;
    }
    return k;
  }
}
