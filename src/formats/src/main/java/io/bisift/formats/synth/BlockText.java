package io.bisift.formats.synth;

import java.util.HashMap;
import java.util.Map;

/** Makes the lines of one block after the other, in memory that is reused. Not thread-safe. */
final class BlockText {
  private final SynthParameters parameters;
  private final Map<SourcePlan, StepCounts> stepCounts = new HashMap<>();
  private final TextBuffer text = new TextBuffer();
  private int[] ends = new int[0];
  private int brokenLines;

  BlockText(SynthParameters parameters) {
    this.parameters = parameters;
  }

  /** Makes a block; the one before is gone. */
  void make(Block block) {
    SourceFacts source = block.source().facts();
    Draws draws = Draws.of(parameters.seed(), source.name(), block.index());
    Draws numbers = draws.split();
    Draws texts = draws.split();
    Draws noise = draws.split();
    RolloutLines lines = new RolloutLines(source, parameters.arbitraryScores());
    StepCounts counts =
        stepCounts.computeIfAbsent(
            block.source(), plan -> new StepCounts(plan.facts().stepsPerRollout()));
    BlockScores scores = BlockScores.draw(block, counts, numbers);
    BrokenLines broken = new BrokenLines(block, parameters.bad(), scores, lines, draws.split());

    text.clear();
    ends = ends.length < block.rollouts() ? new int[block.rollouts()] : ends;
    for (int row = 0; row < block.rollouts(); row++) {
      broken.appendBefore(row, text);
      lines.append(text, block.first() + row, scores, row, texts, noise);
      ends[row] = text.length();
    }
    brokenLines = broken.count();
  }

  byte[] bytes() {
    return text.bytes();
  }

  /** Where the lines of the first so many rollouts end, broken lines among them included. */
  int end(int rollouts) {
    return rollouts == 0 ? 0 : ends[rollouts - 1];
  }

  int brokenLines() {
    return brokenLines;
  }
}
