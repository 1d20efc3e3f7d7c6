package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Holds what the first pass read against the checksums that the storage has of its files. The
 * second pass is held against the first one: so both saw the same bytes, and those of the file.
 */
public final class InputCheck {
  private InputCheck() {}

  /**
   * Compares the sources of which the storage knows a checksum; entries of zip files have one of
   * their own, which is checked as they are read.
   *
   * @param sources in order
   * @param manifest of the set that is planned
   * @throws UserException if a file has changed since it was found, or other bytes came
   */
  public static void requireSums(Storage storage, List<SourceFile> sources, Manifest manifest) {
    IntStream.range(0, sources.size())
        .parallel() // a request each
        .forEach(i -> requireSum(storage, sources.get(i), manifest.inputs().get(i).crc32c()));
  }

  private static void requireSum(Storage storage, SourceFile source, String read) {
    OptionalInt stored = SourceReader.knownChecksum(storage, source);
    if (stored.isPresent() && !Crc32c.hex(stored.getAsInt()).equals(read)) {
      throw UserException.failure(
          source.path()
              + " has the CRC32C "
              + Crc32c.hex(stored.getAsInt())
              + ", and "
              + read
              + " was read: it has changed, or the network has changed bytes; run again when nobody"
              + " writes to it");
    }
  }
}
