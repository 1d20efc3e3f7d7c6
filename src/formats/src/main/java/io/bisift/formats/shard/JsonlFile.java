package io.bisift.formats.shard;

import io.bisift.core.Digests;
import io.bisift.core.UserException;
import io.bisift.core.text.JsonBytes;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * A JSON-lines file on its way: written under a temporary name, given its own only when it is
 * whole. Not thread-safe.
 */
public final class JsonlFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Storage storage;
  private final OutputLayout layout;
  private final String name;
  private final String temporary;
  private final Digest digest;
  private final OutputStream out;
  private long records;
  private boolean finished;

  public JsonlFile(Storage storage, OutputLayout layout, String name, Compression compression)
      throws IOException {
    this.storage = storage;
    this.layout = layout;
    this.name = name;
    // two attempts at one shard must not meet in one temporary file
    this.temporary = layout.temporary(name.replace('/', '-') + "." + TimedName.next());
    try {
      this.digest = new Digest(Channels.newOutputStream(storage.create(temporary)));
      this.out = new BufferedOutputStream(compression.compress(digest), BUFFER);
    } catch (IOException e) {
      storage.delete(List.of(temporary));
      throw failure(e);
    }
  }

  /**
   * Appends lines.
   *
   * @param lines each with its end
   * @param count how many
   */
  public void append(JsonBytes lines, long count) {
    try {
      lines.writeTo(out);
      records += count;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Completes the file and gives it its name. */
  public WrittenFile finish() {
    try {
      out.close();
      storage.move(temporary, layout.path(name));
      finished = true;
    } catch (IOException e) {
      throw failure(e);
    }
    return new WrittenFile(name, records, digest.bytes, digest.hex());
  }

  /** Throws an unfinished file away. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      try {
        out.close();
      } finally {
        storage.delete(List.of(temporary));
      }
    }
  }

  private UserException failure(IOException e) {
    return UserException.failure(
        "cannot write " + layout.path(name) + ": " + OutputLayout.reason(e), e);
  }

  /** Counts and sums the bytes that pass. */
  private static final class Digest extends FilterOutputStream {
    private final MessageDigest sha256 = Digests.newSha256();
    private long bytes;

    Digest(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      sha256.update(buffer, offset, length);
      bytes += length;
    }

    String hex() {
      return HexFormat.of().formatHex(sha256.digest());
    }
  }
}
