package io.bisift.model.input;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token ids of several records, padded to one length. Arrays are row-major [rows, length] and are
 * not copied.
 *
 * @param rows B
 * @param length N
 * @param ids token ids
 * @param real false where a position is padding that nothing may look at; null if all are real or
 *     padding is only on the right, where a causal model cannot see it
 * @param positions for the rotary angles; null for 0, 1, 2 … in each row
 * @param steps indices into {@code ids} where {@code <prm>} stands, ascending
 */
// thousands of numbers each; copying or boxing them is not worth it
@SuppressWarnings("ArrayRecordComponent")
public record TokenBatch(
    int rows,
    int length,
    long[] ids,
    boolean @Nullable [] real,
    long @Nullable [] positions,
    long[] steps) {

  /** Pads records on the right. */
  public static TokenBatch of(List<EncodedRecord> records) {
    return padded(records, false);
  }

  /**
   * The same, and nothing looks at id 0, as in the reference's collator, which takes every 0 for
   * padding. For Qwen2 that is each lone {@code !}.
   */
  public static TokenBatch maskingZeros(List<EncodedRecord> records) {
    return padded(records, true);
  }

  private static TokenBatch padded(List<EncodedRecord> records, boolean maskZeros) {
    int length = records.stream().mapToInt(EncodedRecord::length).max().orElseThrow();
    long[] ids = new long[records.size() * length];
    List<Long> steps = new ArrayList<>();
    for (int row = 0; row < records.size(); row++) {
      int start = row * length;
      EncodedRecord record = records.get(row);
      for (int i = 0; i < record.length(); i++) {
        ids[start + i] = record.ids()[i];
      }
      for (int position : record.prmPositions()) {
        steps.add((long) start + position);
      }
    }
    boolean[] real = maskZeros ? notZero(ids) : null;
    long[] places = steps.stream().mapToLong(Long::longValue).toArray();
    return new TokenBatch(records.size(), length, ids, real, null, places);
  }

  private static boolean[] notZero(long[] ids) {
    boolean[] real = new boolean[ids.length];
    for (int i = 0; i < ids.length; i++) {
      real[i] = ids[i] != 0;
    }
    return real;
  }

  /** Whether padding, if any, is only on the right: then the causal mask hides it. */
  public boolean isCausalMaskEnough() {
    if (real == null) {
      return true;
    }
    for (int i = 1; i < ids.length; i++) {
      if (i % length != 0 && real[i] && !real[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
