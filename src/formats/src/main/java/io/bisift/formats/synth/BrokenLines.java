package io.bisift.formats.synth;

import java.nio.charset.StandardCharsets;

/** The broken lines of a block: as many as the share asks for, at random places. */
final class BrokenLines {
  /** How many stand before each rollout of the block. */
  private final int[] before;

  private final Block block;
  private final BlockScores scores;
  private final RolloutLines lines;
  private final Draws draws;
  private final TextBuffer good = new TextBuffer();
  private final int count;

  /**
   * @param share of broken lines among all lines
   * @param scores of the block's rollouts, which broken ones borrow
   */
  BrokenLines(Block block, double share, BlockScores scores, RolloutLines lines, Draws draws) {
    this.block = block;
    this.scores = scores;
    this.lines = lines;
    this.draws = draws;
    this.before = new int[block.rollouts()];
    double perGood = share / (1 - share);
    this.count = (int) (Math.round(block.end() * perGood) - Math.round(block.first() * perGood));
    for (int i = 0; i < count; i++) {
      before[draws.below(before.length)]++;
    }
  }

  int count() {
    return count;
  }

  /** Appends those that stand before a rollout. */
  void appendBefore(int row, TextBuffer out) {
    for (int i = 0; i < before[row]; i++) {
      good.clear();
      lines.append(good, block.first() + row, scores, row, draws, draws);
      int withoutEnd = good.length() - 1;
      String line = new String(good.bytes(), 0, withoutEnd, StandardCharsets.UTF_8);
      Damage.any(draws).apply(line, out, draws);
      out.append((byte) '\n');
    }
  }
}
