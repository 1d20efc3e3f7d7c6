package io.bisift.core.wire;

import io.bisift.core.text.PythonText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Building blocks of the binary form: variable-length integers, strings, lists. */
public final class Wire {
  /** Writes one value; the counterpart of a {@link Reader}. */
  @FunctionalInterface
  public interface Writer<T> extends Serializable {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads what a {@link Writer} wrote. */
  @FunctionalInterface
  public interface Reader<T> extends Serializable {
    T read(DataInput in) throws IOException;
  }

  private Wire() {}

  /** Unsigned LEB128: 7 bits a byte, least significant first. */
  public static void writeLong(long value, DataOutput out) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readLong(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a variable-length integer of more than 64 bits");
  }

  public static void writeInt(int value, DataOutput out) throws IOException {
    writeLong(Integer.toUnsignedLong(value), out);
  }

  public static int readInt(DataInput in) throws IOException {
    return (int) readLong(in);
  }

  /** Behind their number. */
  public static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    writeInt(bytes.length, out);
    out.write(bytes);
  }

  public static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[readInt(in)];
    in.readFully(bytes);
    return bytes;
  }

  public static void writeString(String value, DataOutput out) throws IOException {
    writeBytes(value.getBytes(StandardCharsets.UTF_8), out);
  }

  public static String readString(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  /** Any text, lone surrogates included, which UTF-8 cannot hold: as UTF-16 units. */
  public static void writeText(String value, DataOutput out) throws IOException {
    boolean utf8 = !PythonText.hasLoneSurrogate(value);
    out.writeBoolean(utf8);
    if (utf8) {
      writeString(value, out);
      return;
    }
    writeInt(value.length(), out);
    out.writeChars(value);
  }

  public static String readText(DataInput in) throws IOException {
    if (in.readBoolean()) {
      return readString(in);
    }
    char[] units = new char[readInt(in)];
    for (int i = 0; i < units.length; i++) {
      units[i] = in.readChar();
    }
    return new String(units);
  }

  public static <T> void writeNullable(@Nullable T value, Writer<T> writer, DataOutput out)
      throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      writer.write(value, out);
    }
  }

  public static <T> @Nullable T readNullable(Reader<T> reader, DataInput in) throws IOException {
    return in.readBoolean() ? reader.read(in) : null;
  }

  public static <T> void writeList(List<T> values, Writer<T> writer, DataOutput out)
      throws IOException {
    writeInt(values.size(), out);
    for (T value : values) {
      writer.write(value, out);
    }
  }

  public static <T> List<T> readList(Reader<T> reader, DataInput in) throws IOException {
    int size = readInt(in);
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(reader.read(in));
    }
    return values;
  }
}
