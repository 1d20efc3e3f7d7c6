package io.bisift.core.select;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often each key occurs, in bounded memory. Keys are longs in [0, 2^63) whose order is the
 * ranking (for a score, the bits of the double). While at most {@code maxBuckets} different keys
 * occur the histogram is exact; beyond that, keys that share their leading bits share a bucket, and
 * {@link #shift} says how many trailing bits are left out.
 *
 * <p>Merging is commutative and associative in everything that {@link CutSearch} reads off: the
 * order of merges may change the shift of intermediate results, never the cut. Not thread-safe.
 */
public final class RankHistogram {
  /** Buckets that a histogram holds at the most, unless told otherwise: 1 MB of memory. */
  public static final int DEFAULT_MAX_BUCKETS = 1 << 16;

  private final int maxBuckets;
  private int shift;
  private int size;
  private long total;
  private long[] buckets;
  private long[] counts;

  public RankHistogram() {
    this(DEFAULT_MAX_BUCKETS);
  }

  /**
   * @param maxBuckets a power of two, at least 2
   */
  public RankHistogram(int maxBuckets) {
    if (maxBuckets < 2 || Integer.bitCount(maxBuckets) != 1) {
      throw new IllegalArgumentException("maxBuckets must be a power of two, was " + maxBuckets);
    }
    this.maxBuckets = maxBuckets;
    this.buckets = new long[16];
    this.counts = new long[16];
  }

  /** The key that ranks a score ≥ 0: doubles of one sign order as their bits do. */
  public static long keyOf(double score) {
    if (!(score >= 0)) { // written so that NaN fails too
      throw new IllegalArgumentException("a score must not be negative, was " + score);
    }
    return Double.doubleToRawLongBits(score + 0.0); // + 0.0 makes -0.0 equal to 0.0
  }

  /** The score of a key from {@link #keyOf}. */
  public static double scoreOf(long key) {
    return Double.longBitsToDouble(key);
  }

  public void add(long key) {
    add(key, 1);
  }

  /** Adds a key that occurs {@code count} times, at least once. */
  public void add(long key, long count) {
    if (key < 0) {
      throw new IllegalArgumentException("a key must not be negative, was " + key);
    }
    addBucket(key >>> shift, count);
  }

  public void addAll(RankHistogram other) {
    coarsen(other.shift);
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        // the shift may grow on the way
        addBucket(other.buckets[i] >>> (shift - other.shift), other.counts[i]);
      }
    }
  }

  /** Keys counted. */
  public long total() {
    return total;
  }

  /** Different buckets that occur. */
  public int size() {
    return size;
  }

  /** Trailing bits of a key that its bucket leaves out; 0 while the histogram is exact. */
  public int shift() {
    return shift;
  }

  public boolean isExact() {
    return shift == 0;
  }

  /** Adds the keys that the search still has to tell apart to {@code target}. */
  void addInside(CutSearch search, RankHistogram target) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && search.contains(buckets[i])) {
        target.add(buckets[i], counts[i]);
      }
    }
  }

  /** Of an exact histogram: how many keys rank above {@code key}. */
  long countAbove(long key) {
    long above = 0;
    for (int i = 0; i < counts.length; i++) {
      if (buckets[i] > key) {
        above += counts[i];
      }
    }
    return above;
  }

  /** Of an exact histogram: how often {@code key} occurs. */
  long count(long key) {
    return counts[slot(buckets, counts, key)];
  }

  /** The buckets that occur, best first. */
  long[] descending() {
    long[] sorted = new long[size];
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sorted[next++] = buckets[i];
      }
    }
    Arrays.sort(sorted);
    for (int i = 0; i < size / 2; i++) {
      long swapped = sorted[i];
      sorted[i] = sorted[size - 1 - i];
      sorted[size - 1 - i] = swapped;
    }
    return sorted;
  }

  private void addBucket(long bucket, long count) {
    int slot = slot(buckets, counts, bucket);
    if (counts[slot] == 0) {
      buckets[slot] = bucket;
      size++;
    }
    counts[slot] += count;
    total += count;
    if (size > maxBuckets) {
      while (size > maxBuckets) {
        coarsen(shift + 1);
      }
    } else if (2 * size > counts.length) {
      rehash(2 * counts.length, 0);
    }
  }

  private void coarsen(int newShift) {
    if (newShift > shift) {
      rehash(counts.length, newShift - shift);
      shift = newShift;
    }
  }

  private void rehash(int capacity, int drop) {
    long[] newBuckets = new long[capacity];
    long[] newCounts = new long[capacity];
    size = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        long bucket = buckets[i] >>> drop;
        int slot = slot(newBuckets, newCounts, bucket);
        if (newCounts[slot] == 0) {
          newBuckets[slot] = bucket;
          size++;
        }
        newCounts[slot] += counts[i];
      }
    }
    buckets = newBuckets;
    counts = newCounts;
  }

  /** Where a bucket stands, or the free place where it belongs. */
  private static int slot(long[] buckets, long[] counts, long bucket) {
    int mask = counts.length - 1;
    long hash = bucket * 0x9E3779B97F4A7C15L; // Fibonacci hashing: the high bits are well mixed
    int slot = (int) (hash >>> 32) & mask;
    while (counts[slot] != 0 && buckets[slot] != bucket) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Writes the buckets in order, so that equal histograms have equal bytes. */
  public static void write(RankHistogram histogram, DataOutput out) throws IOException {
    Wire.writeInt(histogram.maxBuckets, out);
    Wire.writeInt(histogram.shift, out);
    Wire.writeInt(histogram.size, out);
    long[] buckets = histogram.descending();
    for (int i = 0; i < buckets.length; i++) {
      Wire.writeLong(
          i == 0 ? buckets[0] : buckets[i - 1] - buckets[i], out); // differences are short
      Wire.writeLong(histogram.count(buckets[i]), out);
    }
  }

  public static RankHistogram read(DataInput in) throws IOException {
    RankHistogram histogram = new RankHistogram(Wire.readInt(in));
    histogram.shift = Wire.readInt(in);
    int size = Wire.readInt(in);
    long bucket = 0;
    for (int i = 0; i < size; i++) {
      bucket = i == 0 ? Wire.readLong(in) : bucket - Wire.readLong(in);
      histogram.addBucket(bucket, Wire.readLong(in));
    }
    return histogram;
  }
}
