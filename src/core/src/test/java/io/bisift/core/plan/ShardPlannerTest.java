package io.bisift.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

final class ShardPlannerTest {
  /** A record of a range: the range, and the record's number in it. */
  private record Place(RangeId range, long number) {}

  /** Checks that the tasks share out the records in order, and returns them by shard. */
  private static List<List<Place>> shards(List<ShardTask> tasks, int shardCount) {
    List<List<Place>> shards = new ArrayList<>();
    for (ShardTask task : tasks) {
      assertEquals(shards.size(), task.firstShard());
      assertEquals(shardCount, task.shardCount());
      List<Place> places = new ArrayList<>();
      for (Slice slice : task.slices()) {
        assertTrue(slice.take() > 0, "a slice that takes nothing is read for nothing");
        for (long i = 0; i < slice.take(); i++) {
          places.add(new Place(slice.quota().tally().range(), slice.skip() + i));
        }
      }
      int next = 0;
      for (long size : task.sizes()) {
        shards.add(places.subList(next, next + (int) size));
        next += (int) size;
      }
      assertEquals(places.size(), next);
    }
    assertEquals(shardCount, shards.size());
    return shards;
  }

  private static void checkPlan(
      List<RangeOutcome> outcomes,
      ToLongFunction<RangeOutcome> records,
      List<ShardTask> tasks,
      int shardCount) {
    List<Place> all = new ArrayList<>();
    for (RangeOutcome outcome : outcomes) {
      for (long i = 0; i < records.applyAsLong(outcome); i++) {
        all.add(new Place(outcome.quota().tally().range(), i));
      }
    }
    List<List<Place>> shards = shards(tasks, shardCount);
    for (int i = 0; i < shardCount; i++) {
      int from = (int) ((long) i * all.size() / shardCount);
      int to = (int) ((i + 1L) * all.size() / shardCount);
      assertEquals(all.subList(from, to), shards.get(i), "shard " + i + " of " + shardCount);
    }
  }

  @Test
  void givesEachShardItsRanksInOrder() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      List<RangeOutcome> outcomes = Ranges.random(random);
      int shards = 1 + random.nextInt(30);
      IntPredicate whole = source -> source % 2 == 0;
      ShardPlanner planner = new ShardPlanner(outcomes, whole);
      checkPlan(outcomes, RangeOutcome::written, planner.data(shards), shards);
      boolean anyRejected = outcomes.stream().anyMatch(outcome -> outcome.rejected() > 0);
      checkPlan(outcomes, RangeOutcome::rejected, planner.rejected(), anyRejected ? 1 : 0);
    }
  }

  @Test
  void letsOneTaskReadASourceThatFillsAllShards() {
    for (int seed = 0; seed < 300; seed++) {
      for (RangeOutcome outcome : Ranges.random(new Random(seed))) {
        long readers =
            new ShardPlanner(List.of(outcome), source -> true)
                .data(8).stream().filter(task -> !task.slices().isEmpty()).count();
        assertEquals(Math.min(1, outcome.written()), readers, "seed " + seed);
      }
    }
  }

  @Test
  void letsNoMoreThanTwoTasksReadARangeFromItsBeginning() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      List<RangeOutcome> outcomes = Ranges.random(random);
      int shards = 1 + random.nextInt(60); // often more shards than records
      Map<RangeId, Integer> readers = new HashMap<>();
      for (ShardTask task : new ShardPlanner(outcomes, source -> true).data(shards)) {
        for (Slice slice : task.slices()) {
          readers.merge(slice.quota().tally().range(), 1, Integer::sum);
        }
      }
      int seedUsed = seed;
      readers.forEach(
          (range, count) ->
              assertTrue(count <= 2, () -> "seed " + seedUsed + ": " + count + " read " + range));
    }
  }

  @Test
  void doesNotTieAChainOfCompressedSourcesToOneWriter() {
    List<RangeOutcome> outcomes = new ArrayList<>();
    for (int source = 0; source < 20; source++) {
      outcomes.add(Ranges.outcome(source, 0, 10, 0, 0));
    }
    // 30 shards of 6 or 7 records: nearly every source holds the end of a shard
    List<ShardTask> tasks = new ShardPlanner(outcomes, source -> true).data(30);
    assertTrue(tasks.size() >= 20, tasks.size() + " tasks");
  }

  @Test
  void givesEveryShardAWriterWhereSourcesCanBeReadFromAnyPlace() {
    List<RangeOutcome> outcomes = List.of(Ranges.outcome(0, 0, 100, 0, 0));
    assertEquals(10, new ShardPlanner(outcomes, source -> false).data(10).size());
  }

  @Test
  void plansEmptyShardsWhereThereAreMoreThanRecords() {
    List<RangeOutcome> outcomes = List.of(Ranges.outcome(0, 0, 2, 0, 0));
    List<ShardTask> tasks = new ShardPlanner(outcomes, source -> false).data(5);
    List<Long> sizes = tasks.stream().flatMap(task -> task.sizes().stream()).toList();
    assertEquals(List.of(0L, 0L, 1L, 0L, 1L), sizes);
  }

  @Test
  void plansEmptyShardsOfNothing() {
    checkPlan(
        List.of(), RangeOutcome::written, new ShardPlanner(List.of(), source -> false).data(3), 3);
    List<RangeOutcome> outcomes = List.of(Ranges.outcome(0, 0, 0, 0, 9));
    checkPlan(
        outcomes, RangeOutcome::written, new ShardPlanner(outcomes, source -> true).data(3), 3);
  }

  @Test
  void plansNoShardsOfRejectedRecordsWhereThereAreNone() {
    assertEquals(List.of(), new ShardPlanner(List.of(), source -> false).rejected());
  }

  @Test
  void countsBeyondTheIntegerRange() {
    long huge = Long.MAX_VALUE / 3;
    List<RangeOutcome> outcomes =
        List.of(Ranges.outcome(0, 0, huge, 0, 0), Ranges.outcome(1, 0, huge, 0, 0));
    int shards = 99_991;
    List<ShardTask> tasks = new ShardPlanner(outcomes, source -> false).data(shards);
    BigInteger total = BigInteger.valueOf(2 * huge);
    BigInteger rank = BigInteger.ZERO;
    int shard = 0;
    for (ShardTask task : tasks) {
      for (long size : task.sizes()) {
        rank = rank.add(BigInteger.valueOf(size));
        shard++;
        assertEquals(
            total.multiply(BigInteger.valueOf(shard)).divide(BigInteger.valueOf(shards)), rank);
      }
    }
    assertEquals(total, rank);
  }
}
