package io.bisift.formats.log;

import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.core.stream.RecentIds;
import io.bisift.formats.shard.TimedName;
import io.bisift.formats.storage.StoredFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what nobody can want any more from a growing set, also while others write to it:
 *
 * <ul>
 *   <li>segments that no version names, all of whose records are committed by others. Whoever still
 *       has such a segment to commit drops it without a look. One with a record that is not
 *       committed stays: a job that is restored from a checkpoint may have it to commit;
 *   <li>receipts of segments that a version names, when they are a day old: nobody is about to
 *       acknowledge these messages any more;
 *   <li>segments of arrivals without receipts that no version names, when they are a day old: all
 *       of their records were committed by others;
 *   <li>files of segments that were never whole, and temporary ones, when they are a day old: until
 *       then somebody may be about to complete them.
 * </ul>
 */
public final class LogCleaner {
  /** How long what is not whole is left alone. */
  public static final Duration PATIENCE = Duration.ofDays(1);

  private final StreamFolder folder;
  private final Clock clock;

  public LogCleaner(StreamFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Removes it; returns how many files. */
  public int clean() throws IOException {
    // before the version: what is committed meanwhile is named by it
    Map<String, List<StoredFile>> segments = folder.logFiles();
    long version = folder.latestVersion();
    Set<String> named = folder.segments(version);
    Map<String, OrderRanges> committed = new HashMap<>();
    if (version > 0) {
      folder
          .manifest(version)
          .shards()
          .forEach(shard -> committed.put(shard.shard(), shard.ranges()));
    }
    Arrivals arrivals = new Arrivals(version);
    List<String> unwanted = new ArrayList<>();
    for (Map.Entry<String, List<StoredFile>> segment : segments.entrySet()) {
      if (named.contains(segment.getKey())) {
        segment.getValue().stream()
            .map(StoredFile::path)
            .filter(path -> LogLayout.isReceipts(path) && isOld(path))
            .forEach(unwanted::add);
      } else if (isUnwanted(segment.getKey(), segment.getValue(), committed, arrivals)) {
        // receipts first: without them nobody looks at a segment of arrivals any more
        // ranks last: without them a segment that is half removed would be one that was never whole
        segment.getValue().stream()
            .map(StoredFile::path)
            .sorted(
                Comparator.comparing(LogCleaner::isRanks)
                    .thenComparing(path -> LogLayout.isReceipts(path) ? 0 : 1))
            .forEach(unwanted::add);
      }
    }
    for (StoredFile file : files(folder.layout().temporaryFolder())) {
      if (isOld(file.name())) {
        unwanted.add(file.path());
      }
    }
    folder.storage().delete(unwanted);
    return unwanted.size();
  }

  private Collection<StoredFile> files(String path) throws IOException {
    return folder.storage().isFolder(path) ? folder.storage().listAll(path) : List.of();
  }

  private boolean isUnwanted(
      String segment,
      Collection<StoredFile> files,
      Map<String, OrderRanges> committed,
      Arrivals arrivals)
      throws IOException {
    Optional<StoredFile> ranks = files.stream().filter(file -> isRanks(file.path())).findAny();
    if (ranks.isEmpty()) {
      return isOld(segment);
    }
    LogShard shard = LogLayout.shardOf(segment);
    if (shard.isOfArrivals()) {
      return files.stream().noneMatch(file -> LogLayout.isReceipts(file.path()))
          ? isOld(segment) // a listing may miss the receipts of one that is just written
          : arrivals.areCommitted(ranks.get().path());
    }
    OrderRanges orders = committed.get(shard.id());
    if (orders == null) {
      return false;
    }
    return read(ranks.get().path())
        .filter(read -> orders.containsAll(read.order(0), read.order(read.size() - 1)))
        .isPresent();
  }

  /** Nothing if they do not say what they have. */
  private Optional<Ranks> read(String path) {
    try (InputStream in = Channels.newInputStream(folder.storage().open(path))) {
      return Optional.of(Ranks.read(new DataInputStream(new BufferedInputStream(in))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The latest records of a version, by their ids, which are read when they are wanted. */
  private final class Arrivals {
    private final long version;
    private @Nullable RecentIds ids;

    Arrivals(long version) {
      this.version = version;
    }

    /** Whether the records of a segment are all among them. */
    boolean areCommitted(String path) throws IOException {
      Optional<Ranks> ranks = read(path);
      if (version == 0 || ranks.isEmpty()) {
        return false;
      }
      if (ids == null) {
        int horizon = folder.manifest(version).parameters().idHorizon();
        ids = LogState.recentIds(folder, folder.pieces(version), horizon);
      }
      return IntStream.range(0, ranks.get().size())
          .mapToObj(ranks.get()::id)
          .allMatch(ids::contains);
    }
  }

  private static boolean isRanks(String path) {
    return path.endsWith(LogLayout.ranks(""));
  }

  private boolean isOld(String name) {
    Instant young = clock.instant().minus(PATIENCE);
    return TimedName.time(name).filter(given -> given.isBefore(young)).isPresent();
  }
}
