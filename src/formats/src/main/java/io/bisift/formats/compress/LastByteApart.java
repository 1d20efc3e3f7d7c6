package io.bisift.formats.compress;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose last byte comes in a read of its own. zstd-jni tells a file that is cut short from
 * one that ends with a frame only by what it has decompressed since its last read: without this, a
 * frame that begins in the last buffer and has no end would be left out in silence.
 */
final class LastByteApart extends BlockInput {
  private static final int NONE_YET = -2;

  private int held = NONE_YET;

  LastByteApart(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (held == NONE_YET) {
      held = in.read();
    }
    if (held < 0) {
      return -1;
    }
    buffer[offset] = (byte) held;
    if (length == 1) {
      held = in.read();
      return 1;
    }
    int more = in.read(buffer, offset + 1, length - 1);
    if (more < 0) {
      held = -1;
      return 1;
    }
    held = buffer[offset + more] & 0xFF;
    return more;
  }
}
