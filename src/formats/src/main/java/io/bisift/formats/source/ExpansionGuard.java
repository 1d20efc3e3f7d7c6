package io.bisift.formats.source;

import io.bisift.core.UserException;
import io.bisift.formats.compress.BlockInput;
import io.bisift.formats.compress.MeteredInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * A decompressed source that ends the run when it expands beyond all reason, as decompression bombs
 * do, or when it is not what the zip file's directory says.
 */
final class ExpansionGuard extends BlockInput {
  /** Text compresses 3 to 20 times; this is far from that. */
  private static final long MAX_RATIO = 200;

  /** Below this, a bomb does no harm. */
  private static final long ALWAYS_FINE = 64L << 20;

  private final SourceFile source;
  private final MeteredInput stored;
  private final CRC32 crc = new CRC32();
  private long expanded;

  ExpansionGuard(SourceFile source, MeteredInput stored, InputStream text) {
    super(text);
    this.source = source;
    this.stored = stored;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count < 0) {
      if (source.entryCrc() >= 0 && source.entryCrc() != crc.getValue()) {
        throw new IOException("the checksum in the zip file is another");
      }
      return count;
    }
    if (source.entryCrc() >= 0) {
      crc.update(buffer, offset, count);
    }
    expanded += count;
    if (expanded > ALWAYS_FINE && expanded / MAX_RATIO > stored.count()) {
      throw UserException.failure(
          source.input()
              + " expands to more than "
              + MAX_RATIO
              + " times its size, as a decompression bomb does; refused (unpack it yourself if it"
              + " is meant to)");
    }
    return count;
  }
}
