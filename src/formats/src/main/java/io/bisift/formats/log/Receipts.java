package io.bisift.formats.log;

import io.bisift.formats.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What acknowledges the messages of segments of arrivals, in a file beside each: it is there from
 * before the segment is known to anyone until its messages have been acknowledged, which is when
 * they are committed. So a segment without receipts is committed, whoever still has it to commit.
 */
public final class Receipts {
  private final StreamFolder folder;

  Receipts(StreamFolder folder) {
    this.folder = folder;
  }

  boolean isThere(Segment segment) throws IOException {
    return folder.storage().isFile(path(segment.name()));
  }

  /** Those of a segment, in order; nothing if its messages have been acknowledged. */
  public Optional<List<String>> of(String segment) throws IOException {
    try (InputStream in = Channels.newInputStream(folder.storage().open(path(segment)))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The segments that have some and are named by the latest version. */
  public List<String> ofCommitted() throws IOException {
    // before the version: what is committed meanwhile is named by it
    Map<String, List<StoredFile>> log = folder.logFiles();
    Set<String> named = folder.segments(folder.latestVersion());
    return log.entrySet().stream()
        .filter(segment -> named.contains(segment.getKey()))
        .filter(
            segment ->
                segment.getValue().stream().anyMatch(file -> LogLayout.isReceipts(file.path())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Removes those of segments that are committed and whose messages have been acknowledged. */
  public void remove(List<String> segments) throws IOException {
    folder.storage().delete(segments.stream().map(this::path).toList());
  }

  private String path(String segment) {
    return folder.layout().path(LogLayout.receipts(segment));
  }
}
