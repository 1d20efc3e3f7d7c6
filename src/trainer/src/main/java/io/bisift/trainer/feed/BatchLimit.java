package io.bisift.trainer.feed;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How large a micro-batch may become.
 *
 * @param records at most
 * @param tokens at most, padding counted: records times the longest of them; a record that is
 *     longer alone makes a micro-batch of its own
 */
public record BatchLimit(int records, int tokens) {
  public BatchLimit {
    if (records < 1 || tokens < 1) {
      throw new IllegalArgumentException(records + " records, " + tokens + " tokens");
    }
  }

  /** Cuts records into micro-batches, in their order; one record is taken ahead at most. */
  public <R> Iterator<List<R>> cut(Iterator<R> records, ToIntFunction<R> length) {
    return new Iterator<>() {
      private @Nullable R ahead = records.hasNext() ? records.next() : null;

      @Override
      public boolean hasNext() {
        return ahead != null;
      }

      @Override
      public List<R> next() {
        R next = ahead;
        if (next == null) {
          throw new NoSuchElementException();
        }
        List<R> batch = new ArrayList<>();
        int longest = 0;
        while (next != null && fits(batch.size(), Math.max(longest, length.applyAsInt(next)))) {
          batch.add(next);
          longest = Math.max(longest, length.applyAsInt(next));
          next = records.hasNext() ? records.next() : null;
        }
        ahead = next;
        return batch;
      }
    };
  }

  private boolean fits(int size, int longest) {
    return size == 0 || (size < records && (long) longest * (size + 1) <= tokens);
  }
}
