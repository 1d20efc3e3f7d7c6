package io.bisift.formats.run;

import java.util.concurrent.atomic.LongAdder;

/** How far a run is, told while it goes on. Thread-safe. */
public final class RunProgress {
  private final LongAdder bytesScanned = new LongAdder();
  private final LongAdder rolloutsScanned = new LongAdder();
  private final LongAdder bytesLookedAt = new LongAdder();
  private final LongAdder bytesReplayed = new LongAdder();
  private final LongAdder recordsWritten = new LongAdder();

  /** Stored bytes of the first pass. */
  public long bytesScanned() {
    return bytesScanned.sum();
  }

  /** Rollouts that the first pass has ranked. */
  public long rolloutsScanned() {
    return rolloutsScanned.sum();
  }

  /** Stored bytes of ranges that were looked at between the passes. */
  public long bytesLookedAt() {
    return bytesLookedAt.sum();
  }

  /** Stored bytes of the second pass. */
  public long bytesReplayed() {
    return bytesReplayed.sum();
  }

  /** Records in data shards, those of all sets together. */
  public long recordsWritten() {
    return recordsWritten.sum();
  }

  void scanned(long bytes) {
    bytesScanned.add(bytes);
  }

  void ranked(long rollouts) {
    rolloutsScanned.add(rollouts);
  }

  void lookedAt(long bytes) {
    bytesLookedAt.add(bytes);
  }

  void replayed(long bytes) {
    bytesReplayed.add(bytes);
  }

  void written(long records) {
    recordsWritten.add(records);
  }
}
