package io.bisift.beam.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts small pieces of work together, so that runners, for which every element of a reshuffle costs
 * milliseconds, get pieces worth their while: a hundred thousand small files, or tiny ranges.
 */
final class Batches<T> {
  /** Bytes that are worth an element of their own. */
  private static final long ENOUGH = 4L << 20;

  private final Consumer<List<T>> out;
  private List<T> batch = new ArrayList<>();
  private long bytes;

  Batches(Consumer<List<T>> out) {
    this.out = out;
  }

  void add(T work, long workBytes) {
    batch.add(work);
    bytes += workBytes;
    if (bytes >= ENOUGH) {
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
