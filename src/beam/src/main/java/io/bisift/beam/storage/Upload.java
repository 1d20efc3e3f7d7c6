package io.bisift.beam.storage;

import io.bisift.formats.storage.StoredFile;
import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * A file on its way to a remote file system. Where closing it fails, it may be that only the answer
 * was lost: then the file is there, whole. Where the system tells a file's CRC32C, it must be that
 * of what was sent. Not thread-safe.
 */
final class Upload implements WritableByteChannel {
  private final BeamStorage storage;
  private final String path;
  private final WritableByteChannel channel;
  private final CRC32C crc = new CRC32C();
  private long bytes;

  Upload(BeamStorage storage, String path, WritableByteChannel channel) {
    this.storage = storage;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer sent = source.duplicate();
    int count;
    try {
      count = channel.write(source);
    } catch (IOException e) {
      throw Attempts.ofUpload(path, e);
    }
    crc.update(sent.limit(sent.position() + count));
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
              throw Attempts.ofUpload(path, e);
            }
            return path;
          });
    }
    requireSum();
  }

  private void requireSum() throws IOException {
    Optional<Versions> versions = storage.versions(path);
    if (versions.isEmpty()) {
      return;
    }
    OptionalInt stored = versions.get().crc32c(path);
    if (stored.isPresent() && stored.getAsInt() != (int) crc.getValue()) {
      storage.delete(List.of(path));
      throw new FileSystemException(path, null, "other bytes arrived than were sent");
    }
  }
}
