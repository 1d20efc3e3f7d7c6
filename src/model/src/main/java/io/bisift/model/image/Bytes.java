package io.bisift.model.image;

import io.bisift.core.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file in memory. Reading beyond its end says that it was cut short. */
final class Bytes {
  private static final String JDK = "com.sun.imageio.";

  private final byte[] file;

  Bytes(byte[] file) {
    this.file = file;
  }

  int length() {
    return file.length;
  }

  int at(int offset) throws BrokenImageException {
    if (offset < 0 || offset >= file.length) {
      throw cutShort();
    }
    return file[offset] & 0xFF;
  }

  int bigEndian16(int offset) throws BrokenImageException {
    return at(offset) << 8 | at(offset + 1);
  }

  int littleEndian16(int offset) throws BrokenImageException {
    return at(offset) | at(offset + 1) << 8;
  }

  long bigEndian32(int offset) throws BrokenImageException {
    return (long) bigEndian16(offset) << 16 | bigEndian16(offset + 2);
  }

  boolean startsWith(int... first) {
    for (int i = 0; i < first.length; i++) {
      if (i >= file.length || (file[i] & 0xFF) != first[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether these ASCII letters stand there. */
  boolean has(int offset, String letters) {
    return offset >= 0
        && offset + letters.length() <= file.length
        && new String(file, offset, letters.length(), StandardCharsets.US_ASCII).equals(letters);
  }

  void copy(int from, int to, ByteBuffer target) {
    target.put(file, from, to - from);
  }

  ImageInputStream stream() {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
  }

  static BrokenImageException cutShort() {
    return new BrokenImageException("the file is cut short");
  }

  /** The JDK's own reader of a format: other ones on the class path decode otherwise. */
  static ImageReader jdkReader(String format) throws IOException {
    for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        readers.hasNext(); ) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith(JDK)) {
        return reader;
      }
      reader.dispose();
    }
    throw UserException.failure(
        "this Java cannot read " + format + ": take one that comes with the module java.desktop");
  }
}
