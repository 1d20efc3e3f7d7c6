package io.bisift.pipelines.run;

import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** CRC32C of sources' stored bytes, each read once however often it is asked for. Thread-safe. */
final class Checksums {
  private final Storage storage;
  private final Map<SourceFile, Integer> known = new ConcurrentHashMap<>();

  Checksums(Storage storage) {
    this.storage = storage;
  }

  int of(SourceFile source) {
    return known.computeIfAbsent(source, file -> SourceReader.checksum(storage, file));
  }
}
