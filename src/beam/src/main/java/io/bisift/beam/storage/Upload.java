package io.bisift.beam.storage;

import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * A file on its way to a remote file system. Where closing it fails, it may be that only the answer
 * was lost: then the file is there, whole. Not thread-safe.
 */
final class Upload implements WritableByteChannel {
  private final BeamStorage storage;
  private final String path;
  private final WritableByteChannel channel;
  private long bytes;

  Upload(BeamStorage storage, String path, WritableByteChannel channel) {
    this.storage = storage;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = channel.write(source);
    bytes += count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      Attempts.of(
          path,
          attempt -> {
            List<StoredFile> found = storage.match(path);
            if (found.size() != 1 || found.get(0).size() != bytes) {
              throw e;
            }
            return path;
          });
    }
  }
}
