package io.bisift.formats.log;

import io.bisift.formats.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
    String log = folder.layout().path(LogLayout.LOG);
    if (!folder.storage().isFolder(log)) {
      return List.of();
    }
    int start = folder.layout().path("").length();
    Set<String> found = new TreeSet<>();
    for (StoredFile file : folder.storage().listAll(log)) {
      String name = file.path().substring(start);
      if (LogLayout.isReceipts(name)) {
        LogLayout.segmentOf(name).ifPresent(found::add);
      }
    }
    Set<String> named = new HashSet<>();
    folder.pieces(folder.latestVersion()).forEach(piece -> named.add(piece.segment()));
    found.retainAll(named);
    return List.copyOf(found);
  }

  /** Removes those of segments that are committed and whose messages have been acknowledged. */
  public void remove(List<String> segments) throws IOException {
    folder.storage().delete(segments.stream().map(this::path).toList());
  }

  private String path(String segment) {
    return folder.layout().path(LogLayout.receipts(segment));
  }
}
