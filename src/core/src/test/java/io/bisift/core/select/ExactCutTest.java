package io.bisift.core.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The cut out of histograms against plain sorting. {@code -Dbisift.cut.cases} sets how often. */
class ExactCutTest {
  private static final long CASES = Long.getLong("bisift.cut.cases", 1_000_000);

  /** Scores of one source: few or many different ones, near or far from each other. */
  private static double[] scores(int size, SplittableRandom random) {
    double[] scores = new double[size];
    int kind = random.nextInt(8);
    int values = random.nextInt(1, 10);
    double base = random.nextDouble();
    for (int i = 0; i < size; i++) {
      scores[i] =
          switch (kind) {
            case 0 -> random.nextInt(values) / 16.0;
            case 1 -> (random.nextInt(17) / 16.0 * (1 - random.nextInt(17) / 16.0) + 0.05) / values;
            case 2 -> random.nextDouble();
            case 3 -> base + random.nextInt(20) * Math.ulp(base);
            case 4 -> random.nextBoolean() ? 0.0 : -0.0;
            case 5 -> Double.longBitsToDouble(random.nextLong(0x3FF0000000000000L));
            case 6 -> i < size / 2 ? base : random.nextDouble() * 1e-300;
            default -> random.nextInt(50) == 0 ? random.nextDouble() : 0.25;
          };
    }
    return scores;
  }

  private static int[] ranges(int size, SplittableRandom random) {
    int[] ends = new int[random.nextInt(1, 6)];
    for (int i = 0; i < ends.length - 1; i++) {
      ends[i] = random.nextInt(size + 1);
    }
    ends[ends.length - 1] = size;
    Arrays.sort(ends);
    return ends;
  }

  /** One case; returns how many rounds it took. */
  private static int check(
      double[] scores, TopFraction fraction, int maxBuckets, SplittableRandom random) {
    int k = (int) fraction.of(scores.length);
    int[] ends = ranges(scores.length, random);
    ExactCut.Result result = ExactCut.byHistograms(scores, k, maxBuckets, ends, random);
    assertEquals(
        ExactCut.bySorting(scores, k),
        result.kept(),
        () -> k + " of " + Arrays.toString(scores) + ", " + maxBuckets + " buckets");
    assertTrue(result.rounds() <= CutSearch.rounds(maxBuckets), "rounds: " + result.rounds());
    return result.rounds();
  }

  @Test
  void keepsWhatSortingKeeps() {
    SplittableRandom random = new SplittableRandom(4);
    long severalRounds = 0;
    for (long i = 0; i < CASES; i++) {
      int size = random.nextInt(1, random.nextInt(100) == 0 ? 300 : 24);
      int maxBuckets = 1 << random.nextInt(1, random.nextBoolean() ? 5 : 17);
      double ratio = random.nextInt(10) == 0 ? 1 : 1 - random.nextDouble();
      int rounds = check(scores(size, random), new TopFraction(ratio), maxBuckets, random);
      severalRounds += rounds > 1 ? 1 : 0;
    }
    assertTrue(severalRounds > CASES / 10, "too few coarse histograms: " + severalRounds);
  }

  @Test
  void keepsWhatSortingKeepsWhereScoresOutnumberTheBuckets() {
    SplittableRandom random = new SplittableRandom(5);
    int severalRounds = 0;
    for (int maxBuckets : new int[] {2, 16, 256, 4096, 1 << 16}) {
      for (double ratio : new double[] {1e-9, 0.25, 1}) {
        double[] scores = random.doubles(100_000).toArray();
        severalRounds += check(scores, new TopFraction(ratio), maxBuckets, random) > 1 ? 1 : 0;
      }
    }
    assertEquals(15, severalRounds);
  }

  @Test
  void oneRoundIsEnoughWhileEveryScoreHasItsBucket() {
    SplittableRandom random = new SplittableRandom(6);
    double[] scores = random.ints(50_000, 0, 1000).mapToDouble(i -> i / 1000.0).toArray();
    assertEquals(1, check(scores, new TopFraction(0.25), 1024, random));
    assertEquals(1, check(scores, new TopFraction(1), 1024, random));
  }
}
