package io.bisift.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;

/** Says which writer makes which of the shards that {@link ShardCuts} cuts. */
public final class ShardPlanner {
  private final List<RangeOutcome> outcomes;
  private final IntPredicate readWhole;

  /**
   * @param outcomes of all ranges, sorted
   * @param readWhole whether a source, by index, can only be read from its beginning (compressed)
   */
  public ShardPlanner(List<RangeOutcome> outcomes, IntPredicate readWhole) {
    this.outcomes = List.copyOf(outcomes);
    this.readWhole = readWhole;
  }

  /** Plans the data shards. */
  public List<ShardTask> data(int shardCount) {
    long total = total(RangeOutcome::written);
    return plan(ShardTask.Kind.DATA, RangeOutcome::written, new ShardCuts(total, shardCount));
  }

  /** Plans the shards of rejected records. */
  public List<ShardTask> rejected() {
    long total = total(RangeOutcome::rejected);
    return plan(ShardTask.Kind.REJECTED, RangeOutcome::rejected, ShardCuts.ofRejected(total));
  }

  private long total(ToLongFunction<RangeOutcome> records) {
    return outcomes.stream().mapToLong(records).sum();
  }

  private List<ShardTask> plan(
      ShardTask.Kind kind, ToLongFunction<RangeOutcome> records, ShardCuts cuts) {
    int shardCount = cuts.shards();
    List<ShardTask> tasks = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    Cursor cursor = new Cursor(records);
    int firstShard = 0;
    for (int shard = 0; shard < shardCount; shard++) {
      long end = cuts.start(shard + 1);
      sizes.add(cuts.size(shard));
      if (shard + 1 == shardCount || cursor.mayStopAt(end)) {
        tasks.add(new ShardTask(kind, firstShard, shardCount, sizes, cursor.takeTo(end)));
        sizes = new ArrayList<>();
        firstShard = shard + 1;
      }
    }
    return tasks;
  }

  /** Walks over the ranges by rank. */
  private final class Cursor {
    private final ToLongFunction<RangeOutcome> records;

    private int range;
    private long rangeStart;
    private long rank;
    private int lastRangeCut = -1;

    Cursor(ToLongFunction<RangeOutcome> records) {
      this.records = records;
    }

    /**
     * Whether a writer may stop at this rank. Inside a source that must be read from its beginning,
     * only at the end of a shard that began before it: so it is read by one writer, or by two where
     * a shard reaches into it, and no chain of such sources ties all shards to one writer.
     */
    boolean mayStopAt(long stop) {
      int at = range;
      long start = rangeStart;
      while (at < outcomes.size() && start + records.applyAsLong(outcomes.get(at)) <= stop) {
        start += records.applyAsLong(outcomes.get(at));
        at++;
      }
      boolean inside = at < outcomes.size() && start < stop;
      if (!inside || !readWhole.test(outcomes.get(at).quota().tally().range().source())) {
        return true;
      }
      boolean reachesIn = at != lastRangeCut && rank < start;
      lastRangeCut = at;
      return reachesIn;
    }

    /** The slices up to a rank. */
    List<Slice> takeTo(long end) {
      List<Slice> slices = new ArrayList<>();
      while (rank < end) {
        RangeOutcome outcome = outcomes.get(range);
        long rangeEnd = rangeStart + records.applyAsLong(outcome);
        long take = Math.min(end, rangeEnd) - rank;
        if (take > 0) {
          slices.add(new Slice(outcome.quota(), rank - rangeStart, take, rangeEnd - rangeStart));
          rank += take;
        }
        if (rank == rangeEnd) {
          rangeStart = rangeEnd;
          range++;
        }
      }
      return slices;
    }
  }
}
