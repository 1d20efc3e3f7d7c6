package io.bisift.formats.source;

import com.github.luben.zstd.ZstdOutputStream;
import io.bisift.formats.compress.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** Makes compressed bytes for tests. */
final class Compressed {
  private Compressed() {}

  static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = Compression.GZIP.compress(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  static byte[] zstd(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
      out.setChecksum(true); // as the zstd program does
      out.write(text);
    }
    return bytes.toByteArray();
  }

  static byte[] of(Compression compression, byte[] text) throws IOException {
    return compression == Compression.GZIP ? gzip(text) : zstd(text);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Lines of hexadecimal digits: they compress, but not to nothing. */
  static byte[] lines(int length, long seed) {
    Random random = new Random(seed);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] =
          (byte) (random.nextInt(40) == 0 ? '\n' : Character.forDigit(random.nextInt(16), 16));
    }
    return text;
  }
}
