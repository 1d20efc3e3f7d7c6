package io.bisift.formats.shard;

import io.bisift.core.plan.ShardTask;
import io.bisift.core.rollout.Defect;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One shard on its way and, beside data, its index. Not thread-safe. */
final class ShardFiles implements AutoCloseable {
  private final ShardTask.Kind kind;
  private final int number;
  private final JsonlFile file;
  private final @Nullable JsonlFile index;
  private final Map<Integer, LabelStatistics> selected = new TreeMap<>();
  private final SortedMap<Defect, Long> defects = new TreeMap<>();

  /**
   * @param compression of data; rejected records and indexes are never compressed
   */
  ShardFiles(
      Storage storage,
      OutputLayout layout,
      Compression compression,
      ShardTask.Kind kind,
      int number,
      int count)
      throws IOException {
    this.kind = kind;
    this.number = number;
    boolean data = kind == ShardTask.Kind.DATA;
    String name = OutputLayout.shard(kind, number, count, compression);
    file = new JsonlFile(storage, layout, name, data ? compression : Compression.NONE);
    try {
      index =
          data
              ? new JsonlFile(storage, layout, OutputLayout.index(number, count), Compression.NONE)
              : null;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  void append(RecordBlock block) {
    file.append(block.lines(), block.records());
    if (index != null) {
      index.append(block.index(), block.records());
    }
    block
        .selected()
        .forEach(
            (source, statistics) ->
                selected.computeIfAbsent(source, key -> new LabelStatistics()).add(statistics));
    block.defects().forEach((defect, count) -> defects.merge(defect, count, Long::sum));
  }

  /** Completes both files and gives them their names. */
  WrittenShard finish() {
    // the index first: a data shard under its final name always has one
    WrittenFile indexFile = index == null ? null : index.finish();
    return new WrittenShard(kind, number, file.finish(), indexFile, selected, defects);
  }

  /** Throws unfinished files away. */
  @Override
  public void close() throws IOException {
    try (file) {
      if (index != null) {
        index.close();
      }
    }
  }
}
