package io.bisift.formats.storage.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One generation of an object, read by requests for ranges: small ones after a seek, larger and
 * larger ones where reading goes on, so that little is fetched in vain. Not thread-safe.
 */
final class GcsReadChannel implements SeekableByteChannel {
  private static final int FIRST_RANGE = 64 << 10;
  private static final int LARGEST_RANGE = 16 << 20;
  private static final int GROWTH = 4;
  private static final int RETRIES = 5;

  private final Storage client;
  private final String path;
  private final BlobId id;
  private final long size;
  private final @Nullable String expectedCrc;
  private final CRC32C crc = new CRC32C();

  /** How far the CRC goes: everything before was read in order. */
  private long summed;

  private long position;
  private int rangeSize = FIRST_RANGE;
  private long rangeEnd;
  private @Nullable ReadChannel range;
  private boolean closed;

  /**
   * @param blob with size, generation and CRC32C
   */
  GcsReadChannel(Storage client, String path, Blob blob) {
    this.client = client;
    this.path = path;
    this.id = BlobId.of(blob.getBucket(), blob.getName(), blob.getGeneration());
    this.size = blob.getSize();
    this.expectedCrc = blob.getCrc32c();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    ByteBuffer got = target.duplicate();
    int count = readSome(target);
    for (int tries = 0; count < 0 && tries < RETRIES; tries++) { // an answer ended early
      closeRange();
      count = readSome(target);
    }
    if (count < 0) {
      throw new EOFException(path + " ended at " + position + " of " + size + " bytes");
    }
    if (position == summed) {
      crc.update(got.limit(got.position() + count));
      summed += count;
    }
    position += count;
    if (summed == size && position == size) {
      requireSum();
    }
    return count;
  }

  private int readSome(ByteBuffer target) throws IOException {
    try {
      return GcsErrors.wrap(client, path, () -> request(target));
    } catch (NoSuchFileException e) { // it was there when it was opened
      throw new FileSystemException(path, null, "it was replaced or removed while it was read");
    }
  }

  private int request(ByteBuffer target) throws IOException {
    if (range == null || position == rangeEnd) {
      closeRange();
      rangeEnd = Math.min(size, position + rangeSize);
      rangeSize = Math.min(LARGEST_RANGE, rangeSize * GROWTH);
      ReadChannel opened = client.reader(id);
      opened.setChunkSize(0); // unbuffered: callers read in blocks
      opened.seek(position);
      opened.limit(rangeEnd);
      range = opened;
    }
    int count = 0;
    while (count == 0) {
      count = range.read(target);
    }
    return count;
  }

  private void requireSum() throws IOException {
    if (expectedCrc != null && !expectedCrc.equals(Crc.text(crc))) {
      throw new FileSystemException(
          path, null, "the bytes that came do not have the object's CRC32C");
    }
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition);
    }
    if (newPosition != position) {
      closeRange();
      rangeSize = FIRST_RANGE;
      position = newPosition;
    }
    return this;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long size() {
    return size;
  }

  private void closeRange() {
    if (range != null) {
      range.close();
      range = null;
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    closeRange();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }
}
