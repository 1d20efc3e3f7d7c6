package io.bisift.formats.shard;

import io.bisift.core.plan.ShardTask;
import io.bisift.core.rollout.Defect;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A shard that stands whole under its final name.
 *
 * @param index of the shard among those of its kind
 * @param file the shard
 * @param indexFile the index beside it, or null
 * @param selected statistics of its records, by source index
 * @param defects how often each defect occurs, in shards of rejected records
 */
public record WrittenShard(
    ShardTask.Kind kind,
    int index,
    WrittenFile file,
    @Nullable WrittenFile indexFile,
    Map<Integer, LabelStatistics> selected,
    SortedMap<Defect, Long> defects) {
  public WrittenShard {
    selected = Collections.unmodifiableMap(new TreeMap<>(selected));
    defects = Collections.unmodifiableSortedMap(new TreeMap<>(defects));
  }

  public static void write(WrittenShard shard, DataOutput out) throws IOException {
    Wire.writeString(shard.kind.name(), out);
    Wire.writeInt(shard.index, out);
    WrittenFile.write(shard.file, out);
    Wire.writeNullable(shard.indexFile, WrittenFile::write, out);
    Wire.writeInt(shard.selected.size(), out);
    for (Map.Entry<Integer, LabelStatistics> entry : shard.selected.entrySet()) {
      Wire.writeInt(entry.getKey(), out);
      LabelStatistics.write(entry.getValue(), out);
    }
    Wire.writeInt(shard.defects.size(), out);
    for (Map.Entry<Defect, Long> entry : shard.defects.entrySet()) {
      Wire.writeString(entry.getKey().name(), out);
      Wire.writeLong(entry.getValue(), out);
    }
  }

  public static WrittenShard read(DataInput in) throws IOException {
    ShardTask.Kind kind = ShardTask.Kind.valueOf(Wire.readString(in));
    int index = Wire.readInt(in);
    WrittenFile file = WrittenFile.read(in);
    WrittenFile indexFile = Wire.readNullable(WrittenFile::read, in);
    Map<Integer, LabelStatistics> selected = new TreeMap<>();
    for (int left = Wire.readInt(in); left > 0; left--) {
      selected.put(Wire.readInt(in), LabelStatistics.read(in));
    }
    SortedMap<Defect, Long> defects = new TreeMap<>();
    for (int left = Wire.readInt(in); left > 0; left--) {
      defects.put(Defect.valueOf(Wire.readString(in)), Wire.readLong(in));
    }
    return new WrittenShard(kind, index, file, indexFile, selected, defects);
  }
}
