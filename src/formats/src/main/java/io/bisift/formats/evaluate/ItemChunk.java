package io.bisift.formats.evaluate;

import io.bisift.core.plan.RangeId;
import io.bisift.core.wire.Wire;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive items that are worked on, and kept, together.
 *
 * @param run fingerprint of all that a score depends on besides the item
 * @param number in the order of all
 * @param file index of the file
 * @param firstLine number of its first line, from 1
 * @param start offset of the first line, where the file can be read from there
 * @param end offset behind the last
 * @param lines themselves, where it cannot
 */
public record ItemChunk(
    String run,
    int number,
    int file,
    SourceFile source,
    long firstLine,
    long start,
    long end,
    List<RawLine> lines) {
  private static final int FILE_SHIFT = 40;

  public ItemChunk {
    lines = List.copyOf(lines);
  }

  /** The lines, read again if need be. */
  List<RawLine> read(Storage storage) throws IOException {
    if (!lines.isEmpty()) {
      return lines;
    }
    List<RawLine> read = new ArrayList<>();
    RangeId range = new RangeId(file, start, end);
    try (SourceReader reader = SourceReader.open(storage, source, range, bytes -> {})) {
      while (reader.next()) {
        byte[] text = Arrays.copyOfRange(reader.buffer(), reader.lineStart(), reader.lineEnd());
        read.add(new RawLine(firstLine + read.size(), reader.offset(), text));
      }
    }
    return read;
  }

  /** A number that no other item has, in the order of all. */
  long place(RawLine line) {
    return ((long) file << FILE_SHIFT) + line.number();
  }

  public static void write(ItemChunk chunk, DataOutput out) throws IOException {
    Wire.writeString(chunk.run, out);
    Wire.writeInt(chunk.number, out);
    Wire.writeInt(chunk.file, out);
    SourceFile.write(chunk.source, out);
    Wire.writeLong(chunk.firstLine, out);
    Wire.writeLong(chunk.start, out);
    Wire.writeLong(chunk.end, out);
    Wire.writeList(chunk.lines, RawLine::write, out);
  }

  public static ItemChunk read(DataInput in) throws IOException {
    return new ItemChunk(
        Wire.readString(in),
        Wire.readInt(in),
        Wire.readInt(in),
        SourceFile.read(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Wire.readList(RawLine::read, in));
  }
}
