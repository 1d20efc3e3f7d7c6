package io.bisift.formats.source;

import io.bisift.core.wire.Wire;
import io.bisift.formats.compress.Compression;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One source: an annotation file, or an entry of a zip file.
 *
 * @param name of the source: the file name without its compression suffix, {@code ai2d.jsonl}
 * @param input what the manifest calls it: {@code ai2d.jsonl.gz}, {@code
 *     annotations.zip!/ai2d.jsonl}
 * @param path that opens the file, or the zip file
 * @param offset where the stored bytes begin in that file
 * @param size stored bytes
 * @param entryCrc CRC-32 of the uncompressed entry as its zip file has it; -1 if there is none
 */
public record SourceFile(
    String name,
    String input,
    String path,
    long offset,
    long size,
    Compression compression,
    long entryCrc) {

  /** Whether it lies in a zip file. */
  public boolean isEntry() {
    return input.contains("!/");
  }

  /** Whether it can only be read from its beginning. */
  public boolean readWhole() {
    return compression != Compression.NONE || offset > 0;
  }

  public static void write(SourceFile source, DataOutput out) throws IOException {
    Wire.writeString(source.name, out);
    Wire.writeString(source.input, out);
    Wire.writeString(source.path, out);
    Wire.writeLong(source.offset, out);
    Wire.writeLong(source.size, out);
    Wire.writeString(source.compression.name(), out);
    out.writeLong(source.entryCrc);
  }

  public static SourceFile read(DataInput in) throws IOException {
    return new SourceFile(
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readLong(in),
        Wire.readLong(in),
        Compression.valueOf(Wire.readString(in)),
        in.readLong());
  }
}
