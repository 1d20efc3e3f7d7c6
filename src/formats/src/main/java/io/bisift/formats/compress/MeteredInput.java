package io.bisift.formats.compress;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/** The stored bytes of a compressed source on their way to the decompressor: counted and summed. */
public final class MeteredInput extends BlockInput {
  private final CRC32C crc = new CRC32C();
  private long left;
  private long read;

  /**
   * @param limit bytes to read from the channel at the most
   */
  public MeteredInput(ReadableByteChannel channel, long limit) {
    super(Channels.newInputStream(channel));
    this.left = limit;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    int wanted = (int) Math.min(length, left);
    int count = 0;
    while (count == 0) { // a channel may have nothing yet, a stream must not
      count = in.read(buffer, offset, wanted);
    }
    if (count > 0) {
      crc.update(buffer, offset, count);
      read += count;
      left -= count;
    }
    return count;
  }

  /** Bytes read so far. */
  public long count() {
    return read;
  }

  /** CRC32C of the bytes read so far. */
  public int crc() {
    return (int) crc.getValue();
  }
}
