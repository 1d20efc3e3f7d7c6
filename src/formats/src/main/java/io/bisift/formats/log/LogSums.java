package io.bisift.formats.log;

import io.bisift.core.stream.GroupSums;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.core.stream.Watermark;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all records so far add up to: the state of a stream. It grows with sources, log shards and
 * different scores, not with records. Not thread-safe.
 */
final class LogSums {
  private static final String FORMAT = "bisift-sums/2";

  /** Orders that are committed. */
  final SortedMap<LogShard, OrderRanges> committed = new TreeMap<>();

  final SortedMap<String, GroupSums> groups = new TreeMap<>();

  /** What closed windows have, which are not among the groups any more. */
  StreamManifest.Counts closed = StreamManifest.Counts.NONE;

  /** Records that came when their window was closed. */
  long late;

  Watermark watermark = new Watermark();

  OrderRanges committed(LogShard shard) {
    return committed.computeIfAbsent(shard, key -> new OrderRanges());
  }

  GroupSums group(String name) {
    return groups.computeIfAbsent(name, key -> new GroupSums());
  }

  static void write(LogSums sums, DataOutput out) throws IOException {
    Wire.writeString(FORMAT, out);
    Wire.writeInt(sums.committed.size(), out);
    for (Map.Entry<LogShard, OrderRanges> entry : sums.committed.entrySet()) {
      LogShard.write(entry.getKey(), out);
      OrderRanges.write(entry.getValue(), out);
    }
    Wire.writeInt(sums.groups.size(), out);
    for (Map.Entry<String, GroupSums> entry : sums.groups.entrySet()) {
      Wire.writeString(entry.getKey(), out);
      GroupSums.write(entry.getValue(), out);
    }
    StreamManifest.Counts.write(sums.closed, out);
    Wire.writeLong(sums.late, out);
    Watermark.write(sums.watermark, out);
  }

  static LogSums read(DataInput in) throws IOException {
    String format = Wire.readString(in);
    if (!format.equals(FORMAT)) {
      throw new IOException("not " + FORMAT + ": " + format);
    }
    LogSums sums = new LogSums();
    for (int left = Wire.readInt(in); left > 0; left--) {
      sums.committed.put(LogShard.read(in), OrderRanges.read(in));
    }
    for (int left = Wire.readInt(in); left > 0; left--) {
      sums.groups.put(Wire.readString(in), GroupSums.read(in));
    }
    sums.closed = StreamManifest.Counts.read(in);
    sums.late = Wire.readLong(in);
    sums.watermark = Watermark.read(in);
    return sums;
  }
}
