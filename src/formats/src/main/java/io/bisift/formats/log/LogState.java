package io.bisift.formats.log;

import io.bisift.core.UserException;
import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.RecentIds;
import io.bisift.formats.shard.OutputLayout;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A growing set as of a version, with what the next one builds on. Not thread-safe. */
final class LogState {
  final LogSums sums;
  final RecentIds ids;
  final Set<String> sources;

  /** Segments of arrivals, as far as there are records of them. */
  final Set<String> segments = new HashSet<>();

  final SortedMap<String, StreamManifest.Group> groups = new TreeMap<>();
  long version;
  private final @Nullable EventWindows windows;

  private LogState(
      LogSums sums, RecentIds ids, Set<String> sources, @Nullable EventWindows windows) {
    this.sums = sums;
    this.ids = ids;
    this.sources = sources;
    this.windows = windows;
  }

  /** That of the latest version. */
  static LogState load(StreamFolder folder, StreamParameters parameters) throws IOException {
    long version = folder.latestVersion();
    if (version == 0) {
      return new LogState(
          new LogSums(),
          new RecentIds(parameters.idHorizon()),
          new HashSet<>(),
          parameters.windows());
    }
    StreamManifest latest = folder.manifest(version);
    List<StreamManifest.Piece> pieces = folder.pieces(version);
    Set<String> sources = new HashSet<>();
    folder.sets(version).forEach(set -> sources.add(set.source()));
    LogState loaded =
        new LogState(
            readSums(folder, latest.sums()),
            recentIds(folder, pieces, parameters.idHorizon()),
            sources,
            parameters.windows());
    pieces.stream()
        .filter(piece -> LogShard.of(piece.shard()).isOfArrivals())
        .forEach(piece -> loaded.segments.add(piece.segment()));
    loaded.advance(latest);
    return loaded;
  }

  void advance(StreamManifest to) {
    version = to.version();
    for (StreamManifest.Group group : to.groups()) {
      if (isClosed(group.group())) {
        groups.remove(group.group());
      } else {
        groups.put(group.group(), group);
      }
    }
  }

  /** Whether a group is a window that is closed as far as event time has come. */
  boolean isClosed(String group) {
    return windows != null && windows.isClosed(group, sums.watermark.at());
  }

  /** The ids that are remembered as of these pieces of a version, oldest first. */
  static RecentIds recentIds(StreamFolder folder, List<StreamManifest.Piece> pieces, int horizon)
      throws IOException {
    RecentIds ids = new RecentIds(horizon);
    if (horizon == 0) {
      return ids;
    }
    int start = pieces.size();
    for (long found = 0; start > 0 && found < horizon; start--) {
      found += pieces.get(start - 1).to() - pieces.get(start - 1).from();
    }
    folder.forEachPiece(
        pieces.subList(start, pieces.size()),
        (piece, ranks) -> {
          for (int i = piece.from(); i < piece.to(); i++) {
            ids.add(ranks.id(i));
          }
        });
    return ids;
  }

  private static LogSums readSums(StreamFolder folder, String name) throws IOException {
    String path = folder.layout().path(name);
    try (InputStream in = Channels.newInputStream(folder.storage().open(path))) {
      return LogSums.read(new DataInputStream(new BufferedInputStream(in)));
    } catch (IOException e) {
      throw UserException.failure("cannot read " + path + ": " + OutputLayout.reason(e), e);
    }
  }
}
