package io.bisift.beam.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts pieces of work together, so that runners, for which every element of a reshuffle costs
 * milliseconds in every step behind it, get few that are worth their while: about {@value #WANTED},
 * and more only where each would be larger than {@value #MOST} bytes.
 */
final class Batches<T> {
  private static final long WANTED = 32;
  private static final long LEAST = 1L << 20;
  private static final long MOST = 64L << 20;

  private final Consumer<List<T>> out;
  private final long enough;
  private List<T> batch = new ArrayList<>();
  private long bytes;

  /**
   * @param totalBytes of all the work
   */
  Batches(Consumer<List<T>> out, long totalBytes) {
    this.out = out;
    this.enough = Math.max(LEAST, Math.min(MOST, totalBytes / WANTED));
  }

  void add(T work, long workBytes) {
    batch.add(work);
    bytes += workBytes;
    if (bytes >= enough) {
      finish();
    }
  }

  /** Gives out what is left. */
  void finish() {
    if (!batch.isEmpty()) {
      out.accept(batch);
      batch = new ArrayList<>();
      bytes = 0;
    }
  }
}
