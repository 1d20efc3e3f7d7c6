package io.bisift.formats.log;

import io.bisift.core.Digests;
import io.bisift.core.UserException;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.LineReader;
import io.bisift.formats.source.TextLine;
import io.bisift.formats.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that a manifest lists, on its way in; at its end it is held against the SHA-256 that the
 * manifest has. Not thread-safe.
 */
final class CheckedFile implements AutoCloseable {
  private final String path;
  private final WrittenFile expected;
  private final DigestInputStream stored;
  private final LineReader lines;

  private CheckedFile(
      String path, WrittenFile expected, DigestInputStream stored, LineReader lines) {
    this.path = path;
    this.expected = expected;
    this.stored = stored;
    this.lines = lines;
  }

  /**
   * Opens a file of lines.
   *
   * @throws UserException if it is not there
   */
  static CheckedFile open(Storage storage, String path, WrittenFile expected) throws IOException {
    DigestInputStream stored = stored(storage, path);
    try {
      return new CheckedFile(path, expected, stored, LineReader.of(stored, path));
    } catch (IOException e) {
      try (stored) {
        check(path, expected, stored);
      }
      throw e;
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws UserException if it is not what the manifest says
   */
  static byte[] read(Storage storage, String path, WrittenFile expected) throws IOException {
    try (DigestInputStream stored = stored(storage, path)) {
      byte[] bytes = stored.readAllBytes();
      check(path, expected, stored);
      return bytes;
    }
  }

  private static DigestInputStream stored(Storage storage, String path) throws IOException {
    try {
      return new DigestInputStream(
          Channels.newInputStream(storage.open(path)), Digests.newSha256());
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw UserException.failure(path + " is missing, though the manifest lists it", e);
    }
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end, where the file has proved to be what the manifest says
   * @throws UserException if it is not
   */
  boolean next() throws IOException {
    try {
      if (lines.next()) {
        return true;
      }
    } catch (IOException e) {
      finish(); // tells whether it was damaged
      throw e;
    }
    finish();
    return false;
  }

  TextLine line() {
    return lines;
  }

  /**
   * Reads what is left.
   *
   * @throws UserException if the file is not what the manifest says
   */
  void finish() throws IOException {
    check(path, expected, stored);
  }

  private static void check(String path, WrittenFile expected, DigestInputStream stored)
      throws IOException {
    MessageDigest soFar = stored.getMessageDigest();
    stored.transferTo(OutputStream.nullOutputStream());
    String sum = HexFormat.of().formatHex(digest(soFar));
    expected.requireSha256(path, sum, "put a sound copy in its place");
  }

  /** The sum so far, which stays as it is: the end may be met twice. */
  private static byte[] digest(MessageDigest soFar) {
    try {
      return ((MessageDigest) soFar.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
