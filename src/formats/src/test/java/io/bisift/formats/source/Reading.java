package io.bisift.formats.source;

import io.bisift.core.plan.RangeId;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads sources whole. */
final class Reading {
  private Reading() {}

  /** The only source at a path. */
  static SourceFile find(Path path) throws IOException {
    List<SourceFile> sources = new SourceFinder(new LocalStorage()).find(List.of(path.toString()));
    if (sources.size() != 1) {
      throw new IllegalStateException("not one source: " + sources);
    }
    return sources.get(0);
  }

  /** All lines of a source, each with a line feed behind it. */
  static byte[] read(SourceFile source) throws IOException {
    return read(new LocalStorage(), source, 1000);
  }

  static byte[] read(Storage storage, SourceFile source, long chunkSize) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (RangeId range : SourceReader.split(source, 0, chunkSize)) {
      try (SourceReader reader = SourceReader.open(storage, source, range, bytes -> {})) {
        while (reader.next()) {
          text.write(reader.buffer(), reader.lineStart(), reader.lineEnd() - reader.lineStart());
          text.write('\n');
        }
      }
    }
    return text.toByteArray();
  }
}
