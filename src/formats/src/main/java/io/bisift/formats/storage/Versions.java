package io.bisift.formats.storage;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * Files by version, on storage that tells one from the next: what is there now, and writes of small
 * files that happen only if nobody else has written them meanwhile. Thread-safe.
 */
public interface Versions {
  /** The version of a file that is not there. */
  long ABSENT = 0;

  /** The version of a file as it is now: another one after every write. */
  long version(String path) throws IOException;

  /** The CRC32C that the storage knows a file by now; nothing where it has none, or no file. */
  OptionalInt crc32c(String path) throws IOException;

  /**
   * Writes a file, whole or not at all, if it is still of the expected version. A write whose
   * answer was lost and that is tried again counts once.
   *
   * @return its new version
   * @throws ChangedException if somebody else has written or removed it
   */
  long write(String path, byte[] content, long expected) throws IOException;

  /**
   * Gives a file another name, as {@link Storage#move}, if what has that name is still of the
   * expected version.
   *
   * @return its new version
   * @throws ChangedException if somebody else has written or removed it
   */
  long move(String from, String to, long expected) throws IOException;

  /** Removes a file if it is still of the expected version. */
  void delete(String path, long expected) throws IOException;

  /** Somebody else wrote or removed a file. */
  final class ChangedException extends IOException {
    public ChangedException(String path) {
      super(path + " was written or removed by somebody else");
    }
  }
}
