package io.bisift.formats.synth;

import java.util.concurrent.atomic.LongAdder;

/** How far a corpus is. Thread-safe. */
public final class SynthProgress {
  private final long totalRollouts;
  private final LongAdder rollouts = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder brokenLines = new LongAdder();

  SynthProgress(long totalRollouts) {
    this.totalRollouts = totalRollouts;
  }

  void add(int moreRollouts, int moreBrokenLines) {
    rollouts.add(moreRollouts);
    brokenLines.add(moreBrokenLines);
  }

  void addBytes(int more) {
    bytes.add(more);
  }

  public long totalRollouts() {
    return totalRollouts;
  }

  /** Those written so far. */
  public long rollouts() {
    return rollouts.sum();
  }

  /** As stored, of all that is written so far. */
  public long bytes() {
    return bytes.sum();
  }

  long brokenLines() {
    return brokenLines.sum();
  }
}
