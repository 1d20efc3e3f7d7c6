package io.bisift.trainer.data;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Where the records of a set lie: 16 bytes for each, whatever their size. Filled by one thread,
 * then read by any.
 */
final class RecordTable implements ShardFormat.Places {
  private long[] offsets = new long[1024];
  private int[] lengths = new int[1024];
  private int[] sums = new int[1024];
  private int size;

  @Override
  public void add(long offset, byte[] buffer, int from, int length) {
    if (size == offsets.length) {
      int grown = size + (size >> 1);
      offsets = Arrays.copyOf(offsets, grown);
      lengths = Arrays.copyOf(lengths, grown);
      sums = Arrays.copyOf(sums, grown);
    }
    offsets[size] = offset;
    lengths[size] = length;
    sums[size++] = sum(buffer, from, length);
  }

  int size() {
    return size;
  }

  long offset(int record) {
    return offsets[record];
  }

  /** In bytes. */
  int length(int record) {
    return lengths[record];
  }

  /** Whether these are the bytes that stood there when the set was looked through. */
  boolean isUnchanged(int record, byte[] bytes) {
    return sums[record] == sum(bytes, 0, bytes.length);
  }

  /**
   * The same records in another order.
   *
   * @param order numbers of the records as they are now, each once
   */
  RecordTable ordered(int[] order) {
    RecordTable table = new RecordTable();
    table.size = order.length;
    table.offsets = new long[order.length];
    table.lengths = new int[order.length];
    table.sums = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      table.offsets[i] = offsets[order[i]];
      table.lengths[i] = lengths[order[i]];
      table.sums[i] = sums[order[i]];
    }
    return table;
  }

  private static int sum(byte[] buffer, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer, from, length);
    return (int) crc.getValue();
  }
}
