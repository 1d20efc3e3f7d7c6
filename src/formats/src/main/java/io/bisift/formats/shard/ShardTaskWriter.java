package io.bisift.formats.shard;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.plan.Slice;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.IndexEntry;
import io.bisift.core.training.RejectedRecord;
import io.bisift.core.training.TrainingRecord;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private final JsonBytes json = new JsonBytes();

  private int next;
  private @Nullable Shard shard;
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
   * @param cuts by source index
   * @param progress is told how many more stored bytes were read
   */
  public void write(
      IntFunction<SourceFile> sources,
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
        replay.replay(file, reader, slice.quota(), cuts.apply(source), this);
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
      shard = new Shard(next++);
      finishShard();
    }
  }

  @Override
  public boolean wantsMore() {
    return take > 0 || checksTotals;
  }

  @Override
  public void kept(TrainingRecord record, IndexEntry entry) throws IOException {
    if (task.kind() == ShardTask.Kind.DATA && isTaken()) {
      current().append(record, entry);
    }
  }

  @Override
  public void rejected(String id, SourceReader line, RejectedRecordException rejection)
      throws IOException {
    if (task.kind() == ShardTask.Kind.REJECTED && isTaken()) {
      json.clear();
      RejectedRecord.append(
          id, line.offset(), rejection, line.buffer(), line.lineStart(), line.lineEnd(), json);
      current().append(rejection.defect());
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

  /** The shard that the next record belongs to; finishes those that are full. */
  private Shard current() throws IOException {
    while (shard == null || shard.isFull()) {
      finishShard();
      shard = new Shard(next++);
    }
    return shard;
  }

  private void finishShard() throws IOException {
    if (shard != null) {
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

  /** One shard and, beside data, its index. */
  private final class Shard implements AutoCloseable {
    private final int number;
    private final long size;
    private final JsonlFile file;
    private final @Nullable JsonlFile index;
    private final Map<Integer, LabelStatistics> selected = new TreeMap<>();
    private final SortedMap<Defect, Long> defects = new TreeMap<>();

    Shard(int offset) throws IOException {
      number = task.firstShard() + offset;
      size = task.sizes().get(offset);
      int count = task.shardCount();
      Compression shardCompression =
          task.kind() == ShardTask.Kind.DATA ? compression : Compression.NONE;
      file =
          new JsonlFile(
              storage,
              layout,
              OutputLayout.shard(task.kind(), number, count, compression),
              shardCompression);
      try {
        index =
            task.kind() == ShardTask.Kind.DATA
                ? new JsonlFile(
                    storage, layout, OutputLayout.index(number, count), Compression.NONE)
                : null;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    }

    boolean isFull() {
      return file.records() == size;
    }

    void append(TrainingRecord record, IndexEntry entry) {
      json.clear();
      record.appendTo(json);
      file.append(json);
      if (index != null) {
        json.clear();
        entry.appendTo(json);
        index.append(json);
      }
      selected.computeIfAbsent(source, key -> new LabelStatistics()).add(record);
    }

    void append(Defect defect) {
      file.append(json);
      defects.merge(defect, 1L, Long::sum);
    }

    WrittenShard finish() {
      // the index first: a data shard under its final name always has one
      WrittenFile indexFile = index == null ? null : index.finish();
      return new WrittenShard(task.kind(), number, file.finish(), indexFile, selected, defects);
    }

    @Override
    public void close() throws IOException {
      try (file) {
        if (index != null) {
          index.close();
        }
      }
    }
  }
}
