package io.bisift.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardCutsTest {
  @Test
  void givesEveryRankToTheShardThatHoldsIt() {
    for (int records = 0; records < 60; records++) {
      for (int shards = 1; shards < 70; shards++) {
        ShardCuts cuts = new ShardCuts(records, shards);
        int rank = 0;
        for (int shard = 0; shard < shards; shard++) {
          assertEquals(rank, cuts.start(shard));
          for (int i = 0; i < cuts.size(shard); i++) {
            assertEquals(shard, cuts.shardOf(rank++), cuts + " at " + rank);
          }
        }
        assertEquals(records, rank);
      }
    }
  }

  @Test
  void isExactBeyondWhatDoublesCount() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      ShardCuts cuts = new ShardCuts(1 + (random.nextLong() >>> 2), 1 + random.nextInt(1 << 20));
      long rank = (long) (random.nextDouble() * cuts.records());
      int shard = cuts.shardOf(Math.min(rank, cuts.records() - 1));
      assertEquals(
          BigInteger.valueOf(cuts.records())
              .multiply(BigInteger.valueOf(shard))
              .divide(BigInteger.valueOf(cuts.shards()))
              .longValueExact(),
          cuts.start(shard));
    }
  }

  @Test
  void keepsRejectedRecordsTogetherUnlessTheyAreVeryMany() {
    assertEquals(0, ShardCuts.ofRejected(0).shards());
    assertEquals(1, ShardCuts.ofRejected(1).shards());
    assertEquals(1, ShardCuts.ofRejected(1_000_000).shards());
    assertEquals(2, ShardCuts.ofRejected(1_000_001).shards());
  }
}
