package io.bisift.core.metrics;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Items and their steps, neutral ones left out, in arrays: nine bytes a step and sixteen an item.
 * Each item has a place of its own in the input's order, so that however the items came together,
 * {@link #sorted} is the same. Not thread-safe.
 */
final class ItemTable {
  /** Steps that are written at once. */
  private static final int BLOCK = 1 << 13;

  private final List<String> sources = new ArrayList<>();
  private final Map<String, Integer> indexOf = new HashMap<>();

  private int items;
  private long[] places = new long[16];
  private int[] sourceOf = new int[16];

  /** Index behind an item's last step. */
  private int[] ends = new int[16];

  private int steps;
  private double[] scores = new double[64];
  private byte[] labels = new byte[64];
  private long neutral;

  /**
   * Adds an item.
   *
   * @param place that no other item has; earlier items have smaller ones
   */
  void add(long place, ScoredItem item) {
    reserve(1, item.steps());
    for (int i = 0; i < item.steps(); i++) {
      if (item.label(i) == ScoredItem.NEUTRAL) {
        neutral++;
      } else {
        scores[steps] = item.score(i);
        labels[steps++] = item.label(i);
      }
    }
    append(place, index(item.source()), steps);
  }

  void addAll(ItemTable other) {
    reserve(other.items, other.steps);
    int[] mapped = other.sources.stream().mapToInt(this::index).toArray();
    for (int i = 0; i < other.items; i++) {
      append(other.places[i], mapped[other.sourceOf[i]], steps + other.ends[i]);
    }
    System.arraycopy(other.scores, 0, scores, steps, other.steps);
    System.arraycopy(other.labels, 0, labels, steps, other.steps);
    steps += other.steps;
    neutral += other.neutral;
  }

  private void append(long place, int source, int end) {
    places[items] = place;
    sourceOf[items] = source;
    ends[items++] = end;
  }

  private int index(String source) {
    return indexOf.computeIfAbsent(
        source,
        key -> {
          sources.add(key);
          return sources.size() - 1;
        });
  }

  private void reserve(int moreItems, int moreSteps) {
    if (items + moreItems > places.length) {
      int size = Math.max(items + moreItems, 2 * places.length);
      places = Arrays.copyOf(places, size);
      sourceOf = Arrays.copyOf(sourceOf, size);
      ends = Arrays.copyOf(ends, size);
    }
    if (steps + moreSteps > scores.length) {
      int size = Math.max(steps + moreSteps, scores.length + scores.length / 2);
      scores = Arrays.copyOf(scores, size);
      labels = Arrays.copyOf(labels, size);
    }
  }

  /**
   * The same items in the order of their places; sources by their first item that has a step that
   * is not neutral, those without any last.
   *
   * @throws IllegalStateException if two items have one place
   */
  ItemTable sorted() {
    long[] order = Arrays.copyOf(places, items);
    Arrays.parallelSort(order);
    int[] at = new int[items];
    for (int i = 0; i < items; i++) {
      at[Arrays.binarySearch(order, places[i])] = i;
    }
    ItemTable sorted = new ItemTable();
    sorted.reserve(items, steps);
    for (int i : at) {
      if (start(i) < ends[i]) {
        sorted.index(sources.get(sourceOf[i]));
      }
    }
    for (int position = 0; position < items; position++) {
      if (position > 0 && order[position] == order[position - 1]) {
        throw new IllegalStateException("two items at place " + order[position]);
      }
      int i = at[position];
      int count = ends[i] - start(i);
      System.arraycopy(scores, start(i), sorted.scores, sorted.steps, count);
      System.arraycopy(labels, start(i), sorted.labels, sorted.steps, count);
      sorted.steps += count;
      sorted.append(places[i], sorted.index(sources.get(sourceOf[i])), sorted.steps);
    }
    sorted.neutral = neutral;
    return sorted;
  }

  int items() {
    return items;
  }

  int steps() {
    return steps;
  }

  long neutral() {
    return neutral;
  }

  List<String> sources() {
    return sources;
  }

  long place(int item) {
    return places[item];
  }

  /** Index of an item's source. */
  int source(int item) {
    return sourceOf[item];
  }

  /** Index of an item's first step. */
  int start(int item) {
    return item == 0 ? 0 : ends[item - 1];
  }

  /** Index behind an item's last step. */
  int end(int item) {
    return ends[item];
  }

  double score(int step) {
    return scores[step];
  }

  boolean isRight(int step) {
    return labels[step] > 0;
  }

  /** What the steps of an item are taken for at a threshold. */
  Confusion confusion(int item, double threshold) {
    int rightAsRight = 0;
    int wrongAsRight = 0;
    int rightAsWrong = 0;
    int wrongAsWrong = 0;
    for (int step = start(item); step < ends[item]; step++) {
      boolean takenForRight = scores[step] >= threshold;
      if (isRight(step)) {
        rightAsRight += takenForRight ? 1 : 0;
        rightAsWrong += takenForRight ? 0 : 1;
      } else {
        wrongAsRight += takenForRight ? 1 : 0;
        wrongAsWrong += takenForRight ? 0 : 1;
      }
    }
    return new Confusion(rightAsRight, wrongAsRight, rightAsWrong, wrongAsWrong);
  }

  /**
   * The scores of some items by source; sources without a step are left out.
   *
   * @param chosen by item; empty: all
   */
  Map<String, LabelledScores> bySource(boolean[] chosen) {
    int[] counts = new int[sources.size()];
    for (int item = 0; item < items; item++) {
      counts[sourceOf[item]] += chosen.length == 0 || chosen[item] ? ends[item] - start(item) : 0;
    }
    long[][] keys = new long[sources.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new long[counts[i]];
    }
    int[] filled = new int[sources.size()];
    for (int item = 0; item < items; item++) {
      if (chosen.length == 0 || chosen[item]) {
        int source = sourceOf[item];
        for (int step = start(item); step < ends[item]; step++) {
          keys[source][filled[source]++] = LabelledScores.key(scores[step], labels[step]);
        }
      }
    }
    Map<String, LabelledScores> bySource = new LinkedHashMap<>();
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].length > 0) {
        bySource.put(sources.get(i), LabelledScores.ofKeys(keys[i]));
      }
    }
    return bySource;
  }

  static void write(ItemTable table, DataOutput out) throws IOException {
    Wire.writeList(table.sources, Wire::writeText, out);
    Wire.writeLong(table.neutral, out);
    Wire.writeInt(table.items, out);
    for (int i = 0; i < table.items; i++) {
      Wire.writeLong(table.places[i], out);
      Wire.writeInt(table.sourceOf[i], out);
      Wire.writeInt(table.ends[i] - table.start(i), out);
    }
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Long.BYTES);
    for (int i = 0; i < table.steps; i++) {
      block.putLong(LabelledScores.key(table.scores[i], table.labels[i]));
      if (!block.hasRemaining() || i + 1 == table.steps) {
        out.write(block.array(), 0, block.position()); // one by one takes ten times as long
        block.clear();
      }
    }
  }

  static ItemTable read(DataInput in) throws IOException {
    ItemTable table = new ItemTable();
    for (String source : Wire.readList(Wire::readText, in)) {
      table.index(source);
    }
    table.neutral = Wire.readLong(in);
    int items = Wire.readInt(in);
    table.reserve(items, 0);
    int steps = 0;
    for (int i = 0; i < items; i++) {
      long place = Wire.readLong(in);
      int source = Wire.readInt(in);
      steps += Wire.readInt(in);
      table.append(place, source, steps);
    }
    table.reserve(0, steps);
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Long.BYTES).limit(0);
    for (; table.steps < steps; table.steps++) {
      if (!block.hasRemaining()) {
        block.clear().limit(Math.min(BLOCK, steps - table.steps) * Long.BYTES);
        in.readFully(block.array(), 0, block.limit());
      }
      long key = block.getLong();
      table.scores[table.steps] = Double.longBitsToDouble(key >>> 1);
      table.labels[table.steps] = (key & 1) == 1 ? ScoredItem.RIGHT : ScoredItem.WRONG;
    }
    return table;
  }
}
