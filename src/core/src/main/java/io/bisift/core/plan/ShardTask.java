package io.bisift.core.plan;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Consecutive shards that one writer makes in one go over its slices.
 *
 * @param kind what the shards hold
 * @param firstShard index of the first
 * @param shardCount shards of this kind in the whole set
 * @param sizes records of each shard; they add up to what the slices take
 */
public record ShardTask(
    Kind kind, int firstShard, int shardCount, List<Long> sizes, List<Slice> slices) {
  /** What a shard holds. */
  public enum Kind {
    DATA,
    REJECTED
  }

  public ShardTask {
    sizes = List.copyOf(sizes);
    slices = List.copyOf(slices);
  }

  public static void write(ShardTask task, DataOutput out) throws IOException {
    Wire.writeString(task.kind.name(), out);
    Wire.writeInt(task.firstShard, out);
    Wire.writeInt(task.shardCount, out);
    Wire.writeList(task.sizes, Wire::writeLong, out);
    Wire.writeList(task.slices, Slice::write, out);
  }

  public static ShardTask read(DataInput in) throws IOException {
    return new ShardTask(
        Kind.valueOf(Wire.readString(in)),
        Wire.readInt(in),
        Wire.readInt(in),
        Wire.readList(Wire::readLong, in),
        Wire.readList(Slice::read, in));
  }
}
