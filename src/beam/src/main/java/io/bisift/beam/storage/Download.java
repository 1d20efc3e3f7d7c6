package io.bisift.beam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A remote file whose failures are told as {@link FileSystemSupport#translate} has them. */
final class Download implements SeekableByteChannel {
  private final FileSystemSupport support;
  private final String path;
  private final SeekableByteChannel channel;

  Download(FileSystemSupport support, String path, SeekableByteChannel channel) {
    this.support = support;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    try {
      return channel.read(target);
    } catch (IOException e) {
      throw support.translate(path, e);
    }
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    channel.position(newPosition);
    return this;
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw support.translate(path, e);
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    channel.truncate(size);
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
