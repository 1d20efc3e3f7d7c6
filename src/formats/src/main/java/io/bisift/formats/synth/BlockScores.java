package io.bisift.formats.synth;

import java.util.Arrays;

/**
 * The steps of a block's rollouts and K of each. A rollout has a difficulty, from which K is drawn
 * for each step, and may have a point of failure, from which on K is 0. Difficulties spread over
 * the block and K is then moved by 1 here and there, so that the block's totals come out exactly.
 */
final class BlockScores {
  /** Bounds of the exponent below, where a mean is next to 0 or 1. */
  private static final double MIN_SKEW = 0.01;

  private static final double MAX_SKEW = 1000;

  /** Where each rollout's steps start in {@link #correct}, and the end of the last. */
  private final int[] starts;

  private final byte[] correct;

  private BlockScores(int[] starts, byte[] correct) {
    this.starts = starts;
    this.correct = correct;
  }

  int steps(int rollout) {
    return starts[rollout + 1] - starts[rollout];
  }

  /** K of a step. */
  int correct(int rollout, int step) {
    return correct[starts[rollout] + step];
  }

  static BlockScores draw(Block block, StepCounts stepCounts, Draws draws) {
    int[] counts = stepCounts.draw(block.rollouts(), block.steps(), draws);
    int[] starts = new int[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      starts[i + 1] = starts[i] + counts[i];
    }
    BlockScores scores = new BlockScores(starts, new byte[block.steps()]);
    scores.fill(block.correct(), scores.rightSteps(block, draws), draws);
    return scores;
  }

  /** How many steps each rollout has before it fails: all of them if it never does. */
  private int[] rightSteps(Block block, Draws draws) {
    int[] right = new int[block.rollouts()];
    for (int i = 0; i < right.length; i++) {
      right[i] = steps(i);
    }
    int[] order = draws.permutation(right.length);
    for (int i = 0; i < block.failing(); i++) {
      int rollout = order[i];
      right[rollout] = i < block.allWrong() ? 0 : 1 + draws.below(steps(rollout) - 1);
    }
    // in a small block the others might be too few for the mean
    int sum = Arrays.stream(right).sum();
    for (int i = 0; sum * McScores.SEQUENCES < block.correct(); i++) {
      sum += steps(order[i]) - right[order[i]];
      right[order[i]] = steps(order[i]);
    }
    return right;
  }

  /** Draws K for the right steps, {@code total} in all. */
  private void fill(int total, int[] right, Draws draws) {
    int rightSteps = Arrays.stream(right).sum();
    double mean = (double) total / (rightSteps * McScores.SEQUENCES);
    // 1 - u^skew has the mean skew / (skew + 1), and much of its mass at 1 where that is high
    double skew = Math.min(MAX_SKEW, Math.max(MIN_SKEW, mean / (1 - mean)));
    double[] levels = draws.stratified(right.length);
    int sum = 0;
    for (int i = 0; i < right.length; i++) {
      int level = McScores.level(1 - StrictMath.pow(levels[i], skew));
      for (int step = 0; step < right[i]; step++) {
        int k = McScores.draw(level, draws);
        correct[starts[i] + step] = (byte) k;
        sum += k;
      }
    }
    while (sum != total) {
      int step = draws.below(correct.length);
      int k = correct[step];
      if (sum < total && k > 0 && k < McScores.SEQUENCES) {
        correct[step]++;
        sum++;
      } else if (sum > total && k > 1) {
        correct[step]--;
        sum--;
      }
    }
  }
}
