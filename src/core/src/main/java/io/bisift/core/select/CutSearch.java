package io.bisift.core.select;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The hunt for the k-th best key, round by round. All keys from {@code low} to {@code low +
 * 2^width} exclusive are still undecided; those above are kept, those below are not. A round counts
 * the undecided keys in a {@link RankHistogram} and keeps the one bucket that holds the cut. With
 * at most B buckets a round fixes at least log2(B) bits, so {@link #rounds} rounds always suffice,
 * and one where no more than B different keys occur.
 *
 * @param keep how many of the undecided keys are kept, at least 1
 * @param undecided how many there are
 * @param low smallest undecided key
 * @param width trailing bits that are not known yet; 0: the search is over
 */
public record CutSearch(long keep, long undecided, long low, int width) {
  private static final int KEY_BITS = 63;

  public CutSearch {
    if (keep < 1 || keep > undecided) {
      throw new IllegalArgumentException("cannot keep " + keep + " of " + undecided);
    }
  }

  /** Rounds that always suffice. */
  public static int rounds(int maxBuckets) {
    int bits = Integer.numberOfTrailingZeros(maxBuckets);
    return (KEY_BITS + bits - 1) / bits;
  }

  /** The search for the best {@code keep} of {@code total} keys, before the first round. */
  public static CutSearch forBest(long keep, long total) {
    return new CutSearch(keep, total, 0, KEY_BITS);
  }

  public boolean isOver() {
    return width == 0;
  }

  /** Whether this key is still undecided. */
  public boolean contains(long key) {
    return key >>> width == low >>> width;
  }

  /** Adds what an exact histogram knows of the undecided keys to another one. */
  public void addUndecided(RankHistogram exact, RankHistogram target) {
    if (!exact.isExact()) {
      throw new IllegalArgumentException("the histogram leaves out " + exact.shift() + " bits");
    }
    exact.addInside(this, target);
  }

  /**
   * One round.
   *
   * @param undecidedKeys all undecided keys, and no others
   */
  public CutSearch narrow(RankHistogram undecidedKeys) {
    if (undecidedKeys.total() != undecided) {
      throw new IllegalArgumentException(
          "expected " + undecided + " undecided keys, got " + undecidedKeys.total());
    }
    long left = keep;
    for (long bucket : undecidedKeys.descending()) {
      long count = undecidedKeys.count(bucket);
      if (left <= count) {
        int shift = undecidedKeys.shift();
        return new CutSearch(left, count, bucket << shift, shift);
      }
      left -= count;
    }
    throw new IllegalStateException("unreachable: keep is at most the number of keys");
  }

  /** What the search found. */
  public Cut cut() {
    if (!isOver()) {
      throw new IllegalStateException("the search is not over: " + this);
    }
    return new Cut(low, undecided, keep);
  }

  public static void write(CutSearch search, DataOutput out) throws IOException {
    Wire.writeLong(search.keep, out);
    Wire.writeLong(search.undecided, out);
    Wire.writeLong(search.low, out);
    Wire.writeInt(search.width, out);
  }

  public static CutSearch read(DataInput in) throws IOException {
    return new CutSearch(Wire.readLong(in), Wire.readLong(in), Wire.readLong(in), Wire.readInt(in));
  }
}
