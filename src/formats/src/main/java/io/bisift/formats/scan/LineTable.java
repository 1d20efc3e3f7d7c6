package io.bisift.formats.scan;

import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import java.util.Arrays;
import java.util.List;

/**
 * What a scan found on each line of a range, in about four bytes a line: so that a second pass goes
 * straight to the lines that it wants. Lines whose keys are equal share a class. Filled by one
 * thread; not changed after {@link #seal}.
 */
public final class LineTable {
  private static final int BLANK = 0;
  private static final int REJECTED = 1;
  private static final int FIRST_CLASS = 2;

  private final double[] alphas;

  /** By line: its bytes, terminator included, and its class, as variable-length integers. */
  private byte[] lines = new byte[1 << 12];

  private int length;
  private long end;

  /** By class, then by α. */
  private long[] keys = new long[64];

  private int[] counts = new int[64];
  private int classes;

  /** Classes by the hash of their keys, plus one; 0 is free. */
  private int[] slots = new int[256];

  /**
   * @param alphas of each BIS that ranks
   */
  public LineTable(List<Double> alphas) {
    this.alphas = alphas.stream().mapToDouble(Double::doubleValue).toArray();
  }

  void addBlank(long lineEnd) {
    add(lineEnd, BLANK);
  }

  void addRejected(long lineEnd) {
    add(lineEnd, REJECTED);
  }

  /**
   * Adds a ranked line.
   *
   * @param lineEnd bytes of the range up to its end
   */
  void addRanked(long lineEnd, LineRanker line) {
    reserveClass();
    int first = classes * alphas.length;
    for (int i = 0; i < alphas.length; i++) {
      keys[first + i] = line.key(alphas[i]);
    }
    int slot = slot(first);
    if (slots[slot] == 0) {
      slots[slot] = ++classes;
    }
    int found = slots[slot] - 1;
    counts[found]++;
    add(lineEnd, FIRST_CLASS + found);
  }

  private void reserveClass() {
    if ((classes + 1) * alphas.length > keys.length) {
      keys = Arrays.copyOf(keys, 2 * keys.length);
    }
    if (classes == counts.length) {
      counts = Arrays.copyOf(counts, 2 * classes);
    }
    if (2 * (classes + 1) > slots.length) {
      slots = new int[2 * slots.length];
      for (int i = 0; i < classes; i++) {
        slots[slot(i * alphas.length)] = i + 1;
      }
    }
  }

  /** Where the class whose keys begin at {@code first} stands, or belongs. */
  private int slot(int first) {
    int last = first + alphas.length;
    long hash = 0;
    for (int i = first; i < last; i++) {
      hash = (hash + keys[i]) * 0x9E3779B97F4A7C15L;
    }
    int slot = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[slot] != 0) {
      int other = (slots[slot] - 1) * alphas.length;
      if (Arrays.equals(keys, first, last, keys, other, other + alphas.length)) {
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void add(long lineEnd, int lineClass) {
    if (length + 2 * 10 > lines.length) {
      lines = Arrays.copyOf(lines, 2 * lines.length);
    }
    put(lineEnd - end);
    put(lineClass);
    end = lineEnd;
  }

  private void put(long value) {
    long rest = value;
    while (rest > 0x7F) {
      lines[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    lines[length++] = (byte) rest;
  }

  /** Ends the filling, and frees what only that needed. */
  public void seal() {
    lines = Arrays.copyOf(lines, length);
    keys = Arrays.copyOf(keys, classes * alphas.length);
    counts = Arrays.copyOf(counts, classes);
    slots = new int[0];
  }

  /** Bytes of memory, once sealed. */
  public long memory() {
    return lines.length + Long.BYTES * (long) keys.length + Integer.BYTES * (long) counts.length;
  }

  /** Counts the keys that a search has not decided yet. */
  public RankHistogram undecided(int alpha, CutSearch search) {
    RankHistogram undecided = new RankHistogram();
    for (int i = 0; i < classes; i++) {
      long key = keys[i * alphas.length + alpha];
      if (search.contains(key)) {
        undecided.add(key, counts[i]);
      }
    }
    return undecided;
  }

  /**
   * The range's answer to the cut.
   *
   * @param scanned what the scan found
   */
  public RangeTally tally(int alpha, RangeTally scanned, Cut cut) {
    long above = 0;
    long tied = 0;
    for (int i = 0; i < classes; i++) {
      long key = keys[i * alphas.length + alpha];
      above += cut.isAbove(key) ? counts[i] : 0;
      tied += cut.isTied(key) ? counts[i] : 0;
    }
    return scanned.withKept(above, tied);
  }

  /** Bytes of the range. */
  long end() {
    return end;
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Goes over the lines, in order. */
  final class Cursor {
    private int at;
    private long start;
    private long lineEnd;
    private int lineClass;

    boolean next() {
      if (at == length) {
        return false;
      }
      start = lineEnd;
      lineEnd += get();
      lineClass = (int) get();
      return true;
    }

    private long get() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = lines[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    /** Bytes of the range before the line. */
    long start() {
      return start;
    }

    boolean isRejected() {
      return lineClass == REJECTED;
    }

    boolean isRanked() {
      return lineClass >= FIRST_CLASS;
    }

    /** A ranked line's key. */
    long key(double alpha) {
      for (int i = 0; i < alphas.length; i++) {
        if (alphas[i] == alpha) {
          return keys[(lineClass - FIRST_CLASS) * alphas.length + i];
        }
      }
      throw new IllegalArgumentException("not scanned for α = " + alpha);
    }
  }
}
