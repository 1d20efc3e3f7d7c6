package io.bisift.beam.record;

import io.bisift.beam.coder.WireCoder;
import io.bisift.beam.cut.Ranking;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.beam.sdk.coders.Coder;

/**
 * How some rollouts of one source rank: of each the key of its score and its order. Selecting goes
 * over all rollouts several times; in bundles of keys that costs a runner next to nothing.
 */
final class RankedKeys {
  static final Coder<RankedKeys> CODER =
      WireCoder.of(RankedKeys.class, RankedKeys::write, RankedKeys::read);

  /** More rollouts go into another element. */
  static final int MAX_SIZE = 1 << 12;

  /** Ranks by score. */
  static final Ranking<RankedKeys> BY_SCORE =
      new ByKey() {
        @Override
        long key(RankedKeys ranked, int index) {
          return ranked.keys[index];
        }
      };

  /** Ranks by order: the smaller, the better. */
  static final Ranking<RankedKeys> BY_ORDER =
      new ByKey() {
        @Override
        long key(RankedKeys ranked, int index) {
          return orderKey(ranked.orders[index]);
        }
      };

  private abstract static class ByKey implements Ranking<RankedKeys> {
    abstract long key(RankedKeys ranked, int index);

    @Override
    public void addAll(RankedKeys ranked, RankHistogram histogram) {
      for (int i = 0; i < ranked.size; i++) {
        histogram.add(key(ranked, i));
      }
    }

    @Override
    public void addUndecided(RankedKeys ranked, CutSearch search, RankHistogram histogram) {
      for (int i = 0; i < ranked.size; i++) {
        long key = key(ranked, i);
        if (search.contains(key)) {
          histogram.add(key);
        }
      }
    }
  }

  private int size;
  private long[] keys;
  private long[] orders;

  RankedKeys() {
    this(8);
  }

  private RankedKeys(int capacity) {
    keys = new long[capacity];
    orders = new long[capacity];
  }

  /** The key that ranks an order. */
  static long orderKey(long order) {
    return Long.MAX_VALUE - order;
  }

  void add(long key, long order) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
    }
    keys[size] = key;
    orders[size] = order;
    size++;
  }

  int size() {
    return size;
  }

  /** The key of the score of number index. */
  long key(int index) {
    return keys[index];
  }

  /** The order of number index. */
  long order(int index) {
    return orders[index];
  }

  /** Those that are tied at a cut. */
  RankedKeys tied(Cut cut) {
    RankedKeys tied = new RankedKeys();
    for (int i = 0; i < size; i++) {
      if (cut.isTied(keys[i])) {
        tied.add(keys[i], orders[i]);
      }
    }
    return tied;
  }

  static void write(RankedKeys ranked, DataOutput out) throws IOException {
    Wire.writeInt(ranked.size, out);
    for (int i = 0; i < ranked.size; i++) {
      out.writeLong(ranked.keys[i]);
      Wire.writeLong(ranked.orders[i], out);
    }
  }

  static RankedKeys read(DataInput in) throws IOException {
    int size = Wire.readInt(in);
    RankedKeys ranked = new RankedKeys(Math.max(1, size));
    for (int i = 0; i < size; i++) {
      ranked.add(in.readLong(), Wire.readLong(in));
    }
    return ranked;
  }
}
