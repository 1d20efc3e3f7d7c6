package io.bisift.formats.evaluate;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A line of a file of items, or an element of its array, as bytes. */
final class RawLine {
  private final long number;
  private final long offset;
  private final byte[] text;

  /**
   * @param number of the line or element, from 1
   * @param offset of its first byte in the uncompressed file
   * @param text kept
   */
  RawLine(long number, long offset, byte[] text) {
    this.number = number;
    this.offset = offset;
    this.text = text;
  }

  long number() {
    return number;
  }

  long offset() {
    return offset;
  }

  byte[] text() {
    return text;
  }

  static void write(RawLine line, DataOutput out) throws IOException {
    Wire.writeLong(line.number, out);
    Wire.writeLong(line.offset, out);
    Wire.writeBytes(line.text, out);
  }

  static RawLine read(DataInput in) throws IOException {
    long number = Wire.readLong(in);
    long offset = Wire.readLong(in);
    return new RawLine(number, offset, Wire.readBytes(in));
  }
}
