package io.bisift.core.metrics;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of steps where there are too many to keep them one by one: how many scores, rounded
 * down to a multiple of 2^-16, fall on each multiple. At thresholds that are such multiples all
 * counts are exact. Not thread-safe.
 */
final class BinTable {
  /** Multiples of 1 / BINS, both ends included. */
  static final int BINS = 1 << 16;

  /** What the output calls this rounding. */
  static final String NAME = "scores rounded down to multiples of 2^-16";

  private final Map<String, Source> sources = new TreeMap<>();
  private long items;
  private long neutral;

  /** Of one source. All arrays are by multiple. */
  private static final class Source {
    private long firstPlace = Long.MAX_VALUE;
    private final long[] right = new long[BINS + 1];
    private final long[] wrong = new long[BINS + 1];

    /**
     * Items with an error, located at thresholds above the one multiple and up to the other, which
     * is beyond all scores where the first step is wrong.
     */
    private final long[] locatedAbove = new long[BINS + 2];

    private final long[] locatedUpTo = new long[BINS + 2];
    private final long[] acceptedUpTo = new long[BINS + 2];
    private long withError;
    private long withoutError;

    private long[][] arrays() {
      return new long[][] {right, wrong, locatedAbove, locatedUpTo, acceptedUpTo};
    }

    void add(Source other) {
      firstPlace = Math.min(firstPlace, other.firstPlace);
      withError += other.withError;
      withoutError += other.withoutError;
      long[][] mine = arrays();
      long[][] others = other.arrays();
      for (int i = 0; i < mine.length; i++) {
        for (int bin = 0; bin < mine[i].length; bin++) {
          mine[i][bin] += others[i][bin];
        }
      }
    }
  }

  static BinTable of(ItemTable table) {
    BinTable bins = new BinTable();
    bins.neutral = table.neutral();
    bins.items = table.items();
    for (int item = 0; item < table.items(); item++) {
      if (table.start(item) < table.end(item)) {
        bins.add(table, item);
      }
    }
    return bins;
  }

  private void add(ItemTable table, int item) {
    Source source = source(table.sources().get(table.source(item)));
    source.firstPlace = Math.min(source.firstPlace, table.place(item));
    for (int step = table.start(item); step < table.end(item); step++) {
      (table.isRight(step) ? source.right : source.wrong)[bin(table.score(step))]++;
    }
    FirstError.Span span = FirstError.span(table, item);
    int upTo = span.upTo() > 1 ? BINS + 1 : bin(span.upTo());
    if (!span.withError()) {
      source.withoutError++;
      source.acceptedUpTo[upTo]++;
      return;
    }
    source.withError++;
    int above = bin(span.above());
    if (above < upTo) {
      source.locatedAbove[above]++;
      source.locatedUpTo[upTo]++;
    }
  }

  private Source source(String name) {
    return sources.computeIfAbsent(name, key -> new Source());
  }

  private static int bin(double score) {
    return (int) (score * BINS); // exact: a power of two
  }

  void addAll(BinTable other) {
    items += other.items;
    neutral += other.neutral;
    other.sources.forEach((name, source) -> source(name).add(source));
  }

  long items() {
    return items;
  }

  long neutral() {
    return neutral;
  }

  private List<Map.Entry<String, Source>> inOrder() {
    return sources.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().firstPlace))
        .toList();
  }

  Map<String, LabelledScores> bySource() {
    Map<String, LabelledScores> bySource = new LinkedHashMap<>();
    inOrder()
        .forEach(
            entry ->
                bySource.put(
                    entry.getKey(),
                    LabelledScores.ofBins(entry.getValue().right, entry.getValue().wrong)));
    return bySource;
  }

  /** By source, in their order; at a threshold that is rounded up to a multiple. */
  Map<String, FirstError> firstErrors(double threshold) {
    int at = (int) Math.min(BINS + 1, Math.ceil(threshold * BINS));
    Map<String, FirstError> bySource = new LinkedHashMap<>();
    for (Map.Entry<String, Source> entry : inOrder()) {
      Source source = entry.getValue();
      long located = 0;
      long accepted = 0;
      for (int bin = 0; bin <= BINS + 1; bin++) {
        located += bin < at ? source.locatedAbove[bin] - source.locatedUpTo[bin] : 0;
        accepted += bin < at ? 0 : source.acceptedUpTo[bin];
      }
      bySource.put(
          entry.getKey(), FirstError.of(source.withError, located, source.withoutError, accepted));
    }
    return bySource;
  }

  static void write(BinTable table, DataOutput out) throws IOException {
    Wire.writeLong(table.items, out);
    Wire.writeLong(table.neutral, out);
    Wire.writeInt(table.sources.size(), out);
    for (Map.Entry<String, Source> entry : table.sources.entrySet()) {
      Source source = entry.getValue();
      Wire.writeText(entry.getKey(), out);
      Wire.writeLong(source.firstPlace, out);
      Wire.writeLong(source.withError, out);
      Wire.writeLong(source.withoutError, out);
      for (long[] counts : source.arrays()) {
        for (long count : counts) {
          Wire.writeLong(count, out);
        }
      }
    }
  }

  static BinTable read(DataInput in) throws IOException {
    BinTable table = new BinTable();
    table.items = Wire.readLong(in);
    table.neutral = Wire.readLong(in);
    int sources = Wire.readInt(in);
    for (int i = 0; i < sources; i++) {
      Source source = table.source(Wire.readText(in));
      source.firstPlace = Wire.readLong(in);
      source.withError = Wire.readLong(in);
      source.withoutError = Wire.readLong(in);
      for (long[] counts : source.arrays()) {
        for (int bin = 0; bin < counts.length; bin++) {
          counts[bin] = Wire.readLong(in);
        }
      }
    }
    return table;
  }
}
