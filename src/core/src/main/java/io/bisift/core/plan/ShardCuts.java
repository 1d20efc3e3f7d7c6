package io.bisift.core.plan;

/**
 * How K records in a row are cut into N shards: shard i holds the ranks from ⌊iK/N⌋ up to
 * ⌊(i+1)K/N⌋. So shards do not depend on how the input was split.
 *
 * @param records K
 * @param shards N
 */
public record ShardCuts(long records, int shards) {
  /** One shard of rejected records for so many of them. */
  private static final long REJECTED_PER_SHARD = 1_000_000;

  /** How rejected records are cut: not at all unless there are very many; without any, no shard. */
  public static ShardCuts ofRejected(long records) {
    return new ShardCuts(records, (int) ((records + REJECTED_PER_SHARD - 1) / REJECTED_PER_SHARD));
  }

  /** Rank of a shard's first record; of shard N, where all end. */
  public long start(int shard) {
    // as ⌊shard·records/shards⌋, without overflow
    return records / shards * shard + records % shards * shard / shards;
  }

  /** Records of a shard. */
  public long size(int shard) {
    return start(shard + 1) - start(shard);
  }

  /** The shard that holds the record of this rank. */
  public int shardOf(long rank) {
    // a first guess that rounding leaves at most one off
    int shard = (int) Math.min(shards - 1, (long) ((double) rank / records * shards));
    while (rank < start(shard)) {
      shard--;
    }
    while (rank >= start(shard + 1)) {
      shard++;
    }
    return shard;
  }
}
