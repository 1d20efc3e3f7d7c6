package io.bisift.formats.shard;

import io.bisift.core.UserException;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A file of a set, as the manifest lists it.
 *
 * @param name below the output folder
 * @param records lines
 * @param bytes of the file as stored
 * @param sha256 of those bytes, in hexadecimal digits
 */
public record WrittenFile(String name, long records, long bytes, String sha256) {
  /**
   * Holds what was read against what the manifest says.
   *
   * @param path that was read
   * @param read SHA-256 of what was read, in hexadecimal digits
   * @param remedy what to do about another one
   * @throws UserException if it is another one
   */
  public void requireSha256(String path, String read, String remedy) {
    if (!read.equals(sha256)) {
      throw UserException.failure(
          path
              + " is damaged: its SHA-256 is "
              + read
              + ", the manifest says "
              + sha256
              + "; "
              + remedy);
    }
  }

  public static void write(WrittenFile file, DataOutput out) throws IOException {
    Wire.writeString(file.name, out);
    Wire.writeLong(file.records, out);
    Wire.writeLong(file.bytes, out);
    Wire.writeString(file.sha256, out);
  }

  public static WrittenFile read(DataInput in) throws IOException {
    return new WrittenFile(
        Wire.readString(in), Wire.readLong(in), Wire.readLong(in), Wire.readString(in));
  }
}
