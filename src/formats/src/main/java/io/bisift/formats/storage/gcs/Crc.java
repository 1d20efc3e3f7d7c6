package io.bisift.formats.storage.gcs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** CRC32C as Google Cloud Storage writes it: the four bytes, highest first, in Base64. */
final class Crc {
  private Crc() {}

  static String text(CRC32C crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  static int value(String text) {
    return ByteBuffer.wrap(Base64.getDecoder().decode(text)).getInt();
  }
}
