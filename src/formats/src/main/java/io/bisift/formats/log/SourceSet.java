package io.bisift.formats.log;

import io.bisift.core.wire.Wire;
import io.bisift.formats.shard.WrittenFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The training set of one whole file, in a folder of its own: byte for byte what {@code select}
 * makes of the file alone.
 *
 * @param source name of the source
 * @param folder of the set below that of the growing one
 * @param input name of the file
 * @param crc32c of its stored bytes
 * @param counts of its records
 * @param shards of data, in order
 */
public record SourceSet(
    String source,
    String folder,
    String input,
    String crc32c,
    StreamManifest.Counts counts,
    List<WrittenFile> shards) {
  public SourceSet {
    shards = List.copyOf(shards);
  }

  public static void write(SourceSet set, DataOutput out) throws IOException {
    Wire.writeString(set.source, out);
    Wire.writeString(set.folder, out);
    Wire.writeString(set.input, out);
    Wire.writeString(set.crc32c, out);
    Wire.writeLong(set.counts.records(), out);
    Wire.writeLong(set.counts.blank(), out);
    Wire.writeLong(set.counts.rejected(), out);
    Wire.writeLong(set.counts.ranked(), out);
    Wire.writeLong(set.counts.kept(), out);
    Wire.writeList(set.shards, WrittenFile::write, out);
  }

  public static SourceSet read(DataInput in) throws IOException {
    return new SourceSet(
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        new StreamManifest.Counts(
            Wire.readLong(in),
            Wire.readLong(in),
            Wire.readLong(in),
            Wire.readLong(in),
            Wire.readLong(in)),
        Wire.readList(WrittenFile::read, in));
  }
}
