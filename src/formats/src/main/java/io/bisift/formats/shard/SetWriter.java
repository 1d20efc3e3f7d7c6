package io.bisift.formats.shard;

import io.bisift.core.plan.ShardTask;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes all shards of a set, out of blocks that come in order. Not thread-safe. */
public final class SetWriter implements AutoCloseable {
  private final Storage storage;
  private final OutputLayout layout;
  private final Compression compression;
  private final Map<ShardTask.Kind, Integer> counts = new EnumMap<>(ShardTask.Kind.class);
  private final Map<ShardTask.Kind, Integer> next = new EnumMap<>(ShardTask.Kind.class);
  private final Map<ShardTask.Kind, ShardFiles> open = new EnumMap<>(ShardTask.Kind.class);
  private final List<WrittenShard> written = new ArrayList<>();

  /**
   * @param dataShards how many shards of data there will be
   * @param rejectedShards how many of rejected records
   */
  public SetWriter(
      Storage storage,
      OutputLayout layout,
      Compression compression,
      int dataShards,
      int rejectedShards) {
    this.storage = storage;
    this.layout = layout;
    this.compression = compression;
    counts.put(ShardTask.Kind.DATA, dataShards);
    counts.put(ShardTask.Kind.REJECTED, rejectedShards);
  }

  /**
   * Appends records to a shard; those before it are complete.
   *
   * @param shard its index, never smaller than that of an earlier call for this kind
   */
  public void append(ShardTask.Kind kind, int shard, RecordBlock block) throws IOException {
    openTo(kind, shard);
    open.get(kind).append(block);
  }

  /** Completes the set's shards, empty ones at the end included. */
  public List<WrittenShard> finish() throws IOException {
    for (ShardTask.Kind kind : ShardTask.Kind.values()) {
      openTo(kind, counts.get(kind) - 1);
      finish(kind);
    }
    return written;
  }

  private void openTo(ShardTask.Kind kind, int shard) throws IOException {
    int number = next.getOrDefault(kind, 0);
    while (number <= shard) {
      finish(kind);
      open.put(kind, new ShardFiles(storage, layout, compression, kind, number, counts.get(kind)));
      next.put(kind, ++number);
    }
  }

  private void finish(ShardTask.Kind kind) {
    ShardFiles shard = open.get(kind);
    if (shard != null) {
      written.add(shard.finish());
      open.remove(kind);
    }
  }

  /** Throws away what is not finished. */
  @Override
  public void close() throws IOException {
    for (ShardFiles shard : open.values()) {
      shard.close();
    }
  }
}
