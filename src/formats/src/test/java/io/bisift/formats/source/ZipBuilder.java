package io.bisift.formats.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds zip files byte by byte, so that a test can lie in any field. */
final class ZipBuilder {
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** Changes an entry before it is written. */
  interface Lie {
    void tell(Entry entry);
  }

  /** An entry as the zip file describes it. */
  static final class Entry {
    final byte[] name;
    final byte[] data;
    int method;
    int flags = 1 << 11; // names are UTF-8
    long crc;
    long compressedSize;
    long size;
    long headerOffset = -1;

    private Entry(String name, byte[] data, int method, byte[] text) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.data = data;
      this.method = method;
      this.compressedSize = data.length;
      this.size = text.length;
      CRC32 sum = new CRC32();
      sum.update(text);
      this.crc = sum.getValue();
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  ZipBuilder stored(String name, byte[] text) {
    entries.add(new Entry(name, text, STORED, text));
    return this;
  }

  ZipBuilder deflated(String name, byte[] text) {
    entries.add(new Entry(name, deflate(text), DEFLATED, text));
    return this;
  }

  ZipBuilder folder(String name) {
    return stored(name, new byte[0]);
  }

  /** Changes what is said of the last entry. */
  ZipBuilder but(Lie lie) {
    lie.tell(entries.get(entries.size() - 1));
    return this;
  }

  private static byte[] deflate(byte[] text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(text);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  byte[] build() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      if (entry.headerOffset < 0) { // else it shares another entry's
        entry.headerOffset = file.size();
        byte[] headerBytes = new byte[30];
        ByteBuffer header = littleEndian(headerBytes);
        header.putInt(0x04034B50).putShort((short) 20);
        describe(entry, header);
        header.putShort((short) 0);
        file.writeBytes(headerBytes);
        file.writeBytes(entry.name);
        file.writeBytes(entry.data);
      }
    }
    int directory = file.size();
    for (Entry entry : entries) {
      byte[] headerBytes = new byte[46];
      ByteBuffer header = littleEndian(headerBytes);
      header.putInt(0x02014B50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
      describe(entry, header);
      header.position(42);
      header.putInt((int) entry.headerOffset);
      file.writeBytes(headerBytes);
      file.writeBytes(entry.name);
    }
    byte[] endBytes = new byte[22];
    ByteBuffer end = littleEndian(endBytes);
    end.putInt(0x06054B50).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt(file.size() - directory).putInt(directory);
    file.writeBytes(endBytes);
    return file.toByteArray();
  }

  private static void describe(Entry entry, ByteBuffer header) {
    header.putShort((short) entry.flags).putShort((short) entry.method);
    header.putInt(0x5C210000); // 2026-01-01
    header.putInt((int) entry.crc).putInt((int) entry.compressedSize).putInt((int) entry.size);
    header.putShort((short) entry.name.length);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
