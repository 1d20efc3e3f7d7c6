package io.bisift.core.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Scores of steps that are right or wrong, in order: what all metrics that look at steps one by one
 * rest on. Two forms: every score by itself, eight bytes each, or how many fall on each of {@link
 * BinTable#BINS} multiples of 2^-16. Immutable.
 */
public abstract class LabelledScores {
  /** Walks the distinct scores upwards. */
  public interface Cursor {
    /** Moves on; false behind the last one. */
    boolean next();

    double score();

    /** Right steps of this score. */
    long right();

    /** Wrong steps of this score. */
    long wrong();
  }

  private final long right;
  private final long wrong;

  private LabelledScores(long right, long wrong) {
    this.right = right;
    this.wrong = wrong;
  }

  public long right() {
    return right;
  }

  public long wrong() {
    return wrong;
  }

  public long steps() {
    return right + wrong;
  }

  public abstract Cursor cursor();

  /**
   * Each score by itself.
   *
   * @param keys made by {@link #key}, in any order; sorted in place and kept
   */
  static LabelledScores ofKeys(long[] keys) {
    Arrays.parallelSort(keys);
    long right = 0;
    for (long key : keys) {
      right += key & 1;
    }
    return new Keys(keys, right);
  }

  /** A score in [0, 1] and a label as a number that sorts by score. */
  static long key(double score, byte label) {
    return Double.doubleToRawLongBits(score) << 1 | (label > 0 ? 1 : 0);
  }

  /**
   * Counts of multiples of 2^-16.
   *
   * @param right by multiple, kept
   * @param wrong by multiple, kept
   */
  static LabelledScores ofBins(long[] right, long[] wrong) {
    return new Bins(right, wrong);
  }

  /** All of these together; of one form. */
  static LabelledScores together(List<LabelledScores> parts) {
    if (!parts.isEmpty() && parts.get(0) instanceof Bins) {
      long[] right = new long[BinTable.BINS + 1];
      long[] wrong = new long[BinTable.BINS + 1];
      for (LabelledScores part : parts) {
        Bins bins = (Bins) part;
        for (int i = 0; i <= BinTable.BINS; i++) {
          right[i] += bins.right[i];
          wrong[i] += bins.wrong[i];
        }
      }
      return ofBins(right, wrong);
    }
    long[] keys = new long[parts.stream().mapToInt(part -> ((Keys) part).keys.length).sum()];
    int at = 0;
    for (LabelledScores part : parts) {
      long[] more = ((Keys) part).keys;
      System.arraycopy(more, 0, keys, at, more.length);
      at += more.length;
    }
    return ofKeys(keys);
  }

  private static final class Keys extends LabelledScores {
    private final long[] keys;

    Keys(long[] keys, long right) {
      super(right, keys.length - right);
      this.keys = keys;
    }

    @Override
    public Cursor cursor() {
      return new Cursor() {
        private int at;
        private long bits;
        private long right;
        private long wrong;

        @Override
        public boolean next() {
          if (at == keys.length) {
            return false;
          }
          bits = keys[at] >>> 1;
          right = 0;
          int start = at;
          while (at < keys.length && keys[at] >>> 1 == bits) {
            right += keys[at++] & 1;
          }
          wrong = at - start - right;
          return true;
        }

        @Override
        public double score() {
          return Double.longBitsToDouble(bits);
        }

        @Override
        public long right() {
          return right;
        }

        @Override
        public long wrong() {
          return wrong;
        }
      };
    }
  }

  private static final class Bins extends LabelledScores {
    private final long[] right;
    private final long[] wrong;

    Bins(long[] right, long[] wrong) {
      super(Arrays.stream(right).sum(), Arrays.stream(wrong).sum());
      this.right = right;
      this.wrong = wrong;
    }

    @Override
    public Cursor cursor() {
      return new Cursor() {
        private int at = -1;

        @Override
        public boolean next() {
          do {
            at++;
          } while (at <= BinTable.BINS && right[at] + wrong[at] == 0);
          return at <= BinTable.BINS;
        }

        @Override
        public double score() {
          return (double) at / BinTable.BINS;
        }

        @Override
        public long right() {
          return right[at];
        }

        @Override
        public long wrong() {
          return wrong[at];
        }
      };
    }
  }
}
