package io.bisift.trainer.data;

import io.bisift.core.Digests;
import io.bisift.core.UserException;
import io.bisift.formats.compress.BlockInput;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a file of a set: its records' places are noted, its bytes are held against the
 * manifest, and a file that cannot be read from the middle (compressed, or not on this machine) is
 * copied, uncompressed, beside the run.
 */
final class CheckedFile {
  private static final int BUFFER = 1 << 16;

  private final Storage storage;
  private final String path;
  private final WrittenFile expected;

  CheckedFile(Storage storage, String folder, WrittenFile expected) {
    this.storage = storage;
    this.path = Storage.resolve(folder, expected.name());
    this.expected = expected;
  }

  /**
   * Reads the file once.
   *
   * @param cache folder for the copy
   * @return the file to read records from
   * @throws UserException if it is not the file that the manifest lists
   */
  FileChannel scan(ShardFormat format, RecordTable table, Path cache) {
    try {
      ReadableByteChannel stored = storage.open(path);
      boolean inPlace =
          stored instanceof FileChannel && Compression.ofName(path) == Compression.NONE;
      @Nullable Path copy = inPlace ? null : cache.resolve(expected.sha256() + ".plain");
      try (InputStream in = Channels.newInputStream(stored)) {
        pass(in, format, table, copy);
      }
      return inPlace
          ? (FileChannel) storage.open(path)
          : FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw UserException.failure(path + " is missing, though the manifest lists it", e);
    } catch (IOException e) {
      throw UserException.failure("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private void pass(InputStream in, ShardFormat format, RecordTable table, @Nullable Path copy)
      throws IOException {
    DigestInputStream digest = new DigestInputStream(in, Digests.newSha256());
    int before = table.size();
    IOException broken = null;
    try (OutputStream out = copy == null ? OutputStream.nullOutputStream() : create(copy)) {
      InputStream plain = Compression.ofName(path).decompress(digest);
      format.scan(copy == null ? plain : new Copying(plain, out), table);
    } catch (IOException e) {
      if (!isOfInput(e)) {
        throw e;
      }
      broken = e; // the sum tells whether the file was damaged
    }
    digest.transferTo(OutputStream.nullOutputStream());
    String sum = HexFormat.of().formatHex(digest.getMessageDigest().digest());
    expected.requireSha256(path, sum, "copy or make the set again");
    if (broken != null) {
      throw broken;
    }
    int records = table.size() - before;
    if (records != expected.records()) {
      throw UserException.failure(
          path + " holds " + records + " records, the manifest says " + expected.records());
    }
  }

  private static boolean isOfInput(IOException e) {
    return !(e instanceof CopyException);
  }

  private static OutputStream create(Path copy) throws IOException {
    Files.createDirectories(copy.toAbsolutePath().getParent());
    return new BufferedOutputStream(Files.newOutputStream(copy), BUFFER);
  }

  /** The copy could not be written. */
  private static final class CopyException extends IOException {
    CopyException(IOException cause) {
      super("copying it beside the run failed: " + cause.getMessage(), cause);
    }
  }

  /** What is read is written, too. */
  private static final class Copying extends BlockInput {
    private final OutputStream out;

    Copying(InputStream in, OutputStream out) {
      super(in);
      this.out = out;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0) {
        try {
          out.write(buffer, offset, read);
        } catch (IOException e) {
          throw new CopyException(e);
        }
      }
      return read;
    }
  }
}
