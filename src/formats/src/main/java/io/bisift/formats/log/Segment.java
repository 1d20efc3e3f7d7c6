package io.bisift.formats.log;

import io.bisift.core.stream.GroupTally;
import io.bisift.core.stream.LogShard;
import io.bisift.core.wire.Wire;
import io.bisift.formats.shard.WrittenFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Consecutive records of a log shard that stand whole in files of their own, and not yet in any
 * manifest. It has all records of the shard whose order is between its first and its last. Of a
 * shard of arrivals it is what one worker took at a time: orders count from 0, and are others once
 * they are committed; what acknowledges its messages are its {@link Receipts}.
 *
 * @param name of its files below the output folder, without what tells them apart
 * @param first order of its first record, or a smaller one from which on there is no other before
 *     it
 * @param last order of its last record
 * @param records messages, blank and rejected ones included
 * @param hasIds whether any has an id
 * @param latest time of the latest of its events, or {@link Message#NO_TIME}
 * @param files data, index, rejected records (as far as there are any) and ranks
 * @param tallies of its groups
 */
public record Segment(
    LogShard shard,
    String name,
    long first,
    long last,
    int records,
    boolean hasIds,
    long latest,
    List<WrittenFile> files,
    SortedMap<String, GroupTally> tallies) {
  public Segment {
    files = List.copyOf(files);
    tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
  }

  public static void write(Segment segment, DataOutput out) throws IOException {
    LogShard.write(segment.shard, out);
    Wire.writeString(segment.name, out);
    Wire.writeLong(segment.first, out);
    Wire.writeLong(segment.last, out);
    Wire.writeInt(segment.records, out);
    out.writeBoolean(segment.hasIds);
    out.writeLong(segment.latest);
    Wire.writeList(segment.files, WrittenFile::write, out);
    Wire.writeInt(segment.tallies.size(), out);
    for (Map.Entry<String, GroupTally> tally : segment.tallies.entrySet()) {
      Wire.writeString(tally.getKey(), out);
      GroupTally.write(tally.getValue(), out);
    }
  }

  public static Segment read(DataInput in) throws IOException {
    LogShard shard = LogShard.read(in);
    String name = Wire.readString(in);
    long first = Wire.readLong(in);
    long last = Wire.readLong(in);
    int records = Wire.readInt(in);
    boolean hasIds = in.readBoolean();
    long latest = in.readLong();
    List<WrittenFile> files = Wire.readList(WrittenFile::read, in);
    SortedMap<String, GroupTally> tallies = new TreeMap<>();
    for (int left = Wire.readInt(in); left > 0; left--) {
      tallies.put(Wire.readString(in), GroupTally.read(in));
    }
    return new Segment(shard, name, first, last, records, hasIds, latest, files, tallies);
  }
}
