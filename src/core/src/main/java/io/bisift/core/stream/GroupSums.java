package io.bisift.core.stream;

import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.select.TopFraction;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is remembered of a group of records, such as those of one source: how many there were,
 * and how often each key occurs in each log shard. Does not grow with the number of records. Not
 * thread-safe.
 */
public final class GroupSums {
  /** The ranked keys of a group, wherever they are kept. */
  public interface Keys {
    /** Takes a key. */
    interface Sink {
      void accept(LogShard shard, long key);
    }

    /** Gives all keys of the group, in any order. */
    void forEach(Sink sink) throws IOException;
  }

  private long blank;
  private long rejected;
  private final SortedMap<LogShard, RankHistogram> ranked = new TreeMap<>();

  /** Adds records of a log shard. */
  public void add(LogShard shard, GroupTally tally) {
    blank += tally.blank();
    rejected += tally.rejected();
    if (tally.ranked().total() > 0) {
      ranked.computeIfAbsent(shard, key -> new RankHistogram()).addAll(tally.ranked());
    }
  }

  public long blank() {
    return blank;
  }

  /** Records that cannot be ranked. */
  public long rejected() {
    return rejected;
  }

  /** m: records that can be ranked. */
  public long ranked() {
    return ranked.values().stream().mapToLong(RankHistogram::total).sum();
  }

  /** Different buckets that are remembered, over all shards. */
  public long buckets() {
    return ranked.values().stream().mapToLong(RankHistogram::size).sum();
  }

  /**
   * The cut over all records so far.
   *
   * @param log asked only where there are more different keys than histograms hold
   * @throws IllegalStateException if nothing can be ranked
   */
  public GroupCut cut(TopFraction fraction, Keys log) throws IOException {
    RankHistogram all = new RankHistogram();
    ranked.values().forEach(all::addAll);
    CutSearch search = CutSearch.forBest(fraction.of(all.total()), all.total()).narrow(all);
    while (!search.isOver()) {
      CutSearch known = search;
      RankHistogram undecided = new RankHistogram();
      log.forEach(
          (shard, key) -> {
            if (known.contains(key)) {
              undecided.add(key);
            }
          });
      search = search.narrow(undecided);
    }
    Cut cut = search.cut();
    return GroupCut.deal(cut, ties(cut, log));
  }

  private SortedMap<LogShard, Long> ties(Cut cut, Keys log) throws IOException {
    SortedMap<LogShard, Long> ties = new TreeMap<>();
    if (ranked.values().stream().allMatch(RankHistogram::isExact)) {
      ranked.forEach((shard, histogram) -> ties.put(shard, cut.countTied(histogram)));
    } else {
      log.forEach((shard, key) -> ties.merge(shard, cut.isTied(key) ? 1L : 0L, Long::sum));
    }
    return ties;
  }

  public static void write(GroupSums sums, DataOutput out) throws IOException {
    Wire.writeLong(sums.blank, out);
    Wire.writeLong(sums.rejected, out);
    Wire.writeInt(sums.ranked.size(), out);
    for (Map.Entry<LogShard, RankHistogram> entry : sums.ranked.entrySet()) {
      LogShard.write(entry.getKey(), out);
      RankHistogram.write(entry.getValue(), out);
    }
  }

  public static GroupSums read(DataInput in) throws IOException {
    GroupSums sums = new GroupSums();
    sums.blank = Wire.readLong(in);
    sums.rejected = Wire.readLong(in);
    for (int left = Wire.readInt(in); left > 0; left--) {
      sums.ranked.put(LogShard.read(in), RankHistogram.read(in));
    }
    return sums;
  }
}
