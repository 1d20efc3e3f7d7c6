package io.bisift.formats.shard;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.plan.Slice;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.training.OutputRecord;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the shards of one {@link ShardTask}, going over its slices' ranges once more. Not
 * thread-safe.
 */
public final class ShardTaskWriter implements RangeReplay.Sink, AutoCloseable {
  private final Storage storage;
  private final OutputLayout layout;
  private final Compression compression;
  private final ShardTask task;
  private final boolean checksTotals;
  private final Consumer<WrittenShard> written;
  private final RecordBlock block = new RecordBlock();

  private int next;
  private @Nullable ShardFiles shard;

  /** Records that the shard still lacks. */
  private long left;

  private int source;
  private long skip;
  private long take;
  private long seen;

  /**
   * @param checksTotals whether to make sure that each range gives what was planned: where pictures
   *     are looked for, that may change though the range does not
   * @param written is told of every shard that stands whole
   */
  public ShardTaskWriter(
      Storage storage,
      OutputLayout layout,
      Compression compression,
      ShardTask task,
      boolean checksTotals,
      Consumer<WrittenShard> written) {
    this.storage = storage;
    this.layout = layout;
    this.compression = compression;
    this.task = task;
    this.checksTotals = checksTotals;
    this.written = written;
  }

  /**
   * Writes all shards of the task.
   *
   * @param sources by index
   * @param alpha α of the BIS that ranks
   * @param cuts by source index
   * @param progress is told how many more stored bytes were read
   */
  public void write(
      IntFunction<SourceFile> sources,
      double alpha,
      IntFunction<Cut> cuts,
      RangeReplay replay,
      LongConsumer progress)
      throws IOException {
    for (Slice slice : task.slices()) {
      RangeId range = slice.quota().tally().range();
      source = range.source();
      skip = slice.skip();
      take = slice.take();
      seen = 0;
      SourceFile file = sources.apply(source);
      try (SourceReader reader = SourceReader.open(storage, file, range, progress)) {
        Cut cut = cuts.apply(source);
        replay.replay(
            file,
            reader,
            List.of(new RangeReplay.Share(alpha, slice.quota(), cut, this)),
            /* table= */ null);
      }
      if (take > 0 || (checksTotals && seen != slice.total())) {
        throw UserException.failure(
            "the pictures that "
                + file.path()
                + " names changed while they were looked for; run again when nobody writes to them");
      }
    }
    finishShard();
    while (next < task.sizes().size()) { // empty shards at the end
      nextShard();
      finishShard();
    }
  }

  @Override
  public boolean wantsMore() {
    return take > 0 || checksTotals;
  }

  @Override
  public void kept(OutputRecord record) throws IOException {
    if (task.kind() == ShardTask.Kind.DATA && isTaken()) {
      openShard();
      block.add(source, record);
      flushIfFull();
    }
  }

  @Override
  public void rejected(String id, SourceReader line, RejectedRecordException rejection)
      throws IOException {
    if (task.kind() == ShardTask.Kind.REJECTED && isTaken()) {
      openShard();
      block.add(id, line, rejection);
      flushIfFull();
    }
  }

  private boolean isTaken() {
    seen++;
    if (skip > 0) {
      skip--;
      return false;
    }
    if (take > 0) {
      take--;
      return true;
    }
    return false;
  }

  /** Makes sure that there is a shard with room; finishes those that are full. */
  private void openShard() throws IOException {
    while (shard == null || left == 0) {
      finishShard();
      nextShard();
    }
    left--;
  }

  private void nextShard() throws IOException {
    left = task.sizes().get(next);
    int number = task.firstShard() + next++;
    shard = new ShardFiles(storage, layout, compression, task.kind(), number, task.shardCount());
  }

  private void flushIfFull() {
    if (block.isFull()) {
      flush();
    }
  }

  private void flush() {
    if (shard != null) {
      shard.append(block);
    }
    block.clear();
  }

  private void finishShard() {
    if (shard != null) {
      flush();
      written.accept(shard.finish());
      shard = null;
    }
  }

  /** Throws away what is not finished. */
  @Override
  public void close() throws IOException {
    if (shard != null) {
      shard.close();
    }
  }
}
