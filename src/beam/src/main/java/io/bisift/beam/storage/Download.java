package io.bisift.beam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;

/**
 * A remote file. A read that fails for a reason that passes is tried again by opening the file
 * again; other failures are told as {@link FileSystemSupport#translate} has them. Not thread-safe.
 */
final class Download implements SeekableByteChannel {
  /** Opens the file at its beginning. */
  interface Opener {
    SeekableByteChannel open() throws IOException;
  }

  private final String path;
  private final Opener opener;
  private final long size;
  private SeekableByteChannel channel;
  private long position;

  /**
   * @param channel what was opened first
   */
  Download(String path, SeekableByteChannel channel, Opener opener) throws IOException {
    this.path = path;
    this.channel = channel;
    this.opener = opener;
    this.size = Attempts.of(path, attempt -> channel.size());
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int start = target.position();
    int count =
        Attempts.of(
            path,
            attempt -> {
              if (attempt > 0) {
                target.position(start); // some of it may have come
                reopen();
              }
              return channel.read(target);
            });
    position += Math.max(0, count);
    return count;
  }

  private void reopen() throws IOException {
    channel.close();
    channel = opener.open();
    if (channel.size() != size) {
      throw new FileSystemException(path, null, "it was replaced while it was read");
    }
    channel.position(position);
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    channel.position(newPosition);
    position = newPosition;
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

  @Override
  public int write(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  @Override
  public SeekableByteChannel truncate(long newSize) throws IOException {
    channel.truncate(newSize);
    return this;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
