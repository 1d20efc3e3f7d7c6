package io.bisift.trainer.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * In which order an epoch visits the records, and which of them share an update: a function of seed
 * and epoch alone, so that a run taken up again goes on as if nothing had been.
 *
 * @param seed of the run
 * @param globalBatch records of an update; the last update of an epoch has what is left
 * @param window records among which those of like length are put together; 1 for none. Longest
 *     first within an update, so that its micro-batches are padded little
 */
public record EpochOrder(long seed, int globalBatch, int window) {
  public EpochOrder {
    if (globalBatch < 1 || window < 1) {
      throw new IllegalArgumentException("batch " + globalBatch + ", window " + window);
    }
  }

  /** How many updates an epoch over so many records has. */
  public int updates(int size) {
    return (size + globalBatch - 1) / globalBatch;
  }

  /**
   * The updates of an epoch, each with its records.
   *
   * @param length of a record, in any unit
   */
  public List<int[]> epoch(int epoch, int size, IntUnaryOperator length) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
    int[] order = IntStream.range(0, size).toArray();
    shuffle(order, random);
    if (window == 1) {
      return cut(order, 0, size);
    }
    int whole = Math.max(1, window / globalBatch) * globalBatch; // a window holds whole updates
    List<int[]> updates = new ArrayList<>();
    for (int from = 0; from < size; from += whole) {
      int to = Math.min(size, from + whole);
      sortByLength(order, from, to, length);
      List<int[]> cut = cut(order, from, to);
      shuffle(cut, to < size ? cut.size() : cut.size() - 1, random);
      updates.addAll(cut);
    }
    return updates;
  }

  private List<int[]> cut(int[] order, int from, int to) {
    List<int[]> updates = new ArrayList<>();
    for (int at = from; at < to; at += globalBatch) {
      updates.add(Arrays.copyOfRange(order, at, Math.min(to, at + globalBatch)));
    }
    return updates;
  }

  /** Longest first; records of one length stay as they are. */
  private static void sortByLength(int[] order, int from, int to, IntUnaryOperator length) {
    int[] sorted =
        Arrays.stream(order, from, to)
            .boxed()
            .sorted(Comparator.comparingInt((Integer record) -> -length.applyAsInt(record)))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, from, sorted.length);
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int record = order[last];
      order[last] = order[other];
      order[other] = record;
    }
  }

  /** Shuffles the first of a list; an update that is not full stays at the end of its epoch. */
  private static void shuffle(List<int[]> updates, int count, SplittableRandom random) {
    for (int last = count - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int[] update = updates.get(last);
      updates.set(last, updates.get(other));
      updates.set(other, update);
    }
  }
}
