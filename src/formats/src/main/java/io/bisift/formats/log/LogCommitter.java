package io.bisift.formats.log;

import io.bisift.core.stream.GroupSums;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.storage.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds segments to a growing set, as its next version. A record counts once, however often and in
 * whatever segments it comes: what is committed of its log shard, by order, is dropped, and so is
 * what has the id of a record that came shortly before. Segments may therefore come twice, in any
 * bundles and from any number of runs; whoever writes version n + 1 first has it, and others begin
 * again from there. Not thread-safe.
 */
public final class LogCommitter {
  /**
   * What a commit did.
   *
   * @param manifest the new version
   * @param records that came with it
   * @param replayed records that were committed before, dropped
   * @param duplicates records with the id of another one, dropped
   * @param late records whose window was closed, dropped
   * @param buckets different scores that are remembered, over all sources and log shards
   */
  public record Outcome(
      StreamManifest manifest,
      long records,
      long replayed,
      long duplicates,
      long late,
      long buckets) {}

  /** The log shards that are to be waited for, whether or not they had records by now. */
  public interface Expected {
    Collection<LogShard> shards() throws IOException;
  }

  private final StreamFolder folder;
  private final StreamParameters parameters;
  private final String tool;
  private final Expected expected;
  private final Clock clock;

  // as of the version, which nobody else had surpassed when it was last looked at; null: unknown
  private @Nullable LogState state;

  /**
   * @param tool name and version of what makes the set
   */
  public LogCommitter(StreamFolder folder, StreamParameters parameters, String tool) {
    this(folder, parameters, tool, List::of, Clock.systemUTC());
  }

  /**
   * @param tool name and version of what makes the set
   * @param expected asked where there are windows: none is closed before these shards are past it
   */
  public LogCommitter(
      StreamFolder folder,
      StreamParameters parameters,
      String tool,
      Expected expected,
      Clock clock) {
    this.folder = folder;
    this.parameters = parameters;
    this.tool = tool;
    this.expected = expected;
    this.clock = clock;
  }

  /**
   * Commits what is new in these segments and sets.
   *
   * @return nothing if nothing is
   */
  public Optional<Outcome> commit(List<Segment> segments, List<SourceSet> sets) throws IOException {
    while (true) {
      LogState known = state == null ? load() : state;
      state = null; // whatever fails from here on, the state is half changed
      LogChange change = new LogChange(folder, parameters, known);
      for (Segment segment : segments) {
        change.add(segment);
      }
      for (SourceSet set : sets) {
        change.add(set);
      }
      if (change.isEmpty()) {
        state = known;
        return Optional.empty();
      }
      StreamManifest next = change.manifest(tool, clock.millis());
      writeSums(known.sums, next.sums());
      if (folder.publish(next)) {
        known.advance(next);
        state = known;
        removeOldSums(next);
        return Optional.of(
            new Outcome(
                next,
                change.records(),
                change.replayed(),
                change.duplicates(),
                change.late(),
                known.sums.groups.values().stream().mapToLong(GroupSums::buckets).sum()));
      }
      folder.storage().delete(List.of(folder.layout().path(next.sums())));
    }
  }

  private LogState load() throws IOException {
    LogState loaded = LogState.load(folder, parameters);
    if (parameters.windows() != null) {
      loaded.sums.watermark.expect(expected.shards(), clock.millis());
    }
    return loaded;
  }

  private void writeSums(LogSums sums, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogSums.write(sums, new DataOutputStream(bytes));
    try (OutputStream out =
        Channels.newOutputStream(folder.storage().create(folder.layout().path(name)))) {
      bytes.writeTo(out);
    }
  }

  /** Those of the last versions stay: others may be about to read them. */
  private void removeOldSums(StreamManifest latest) throws IOException {
    List<String> old = new ArrayList<>();
    for (StoredFile file : folder.storage().list(folder.layout().path(LogLayout.SUMS))) {
      if (LogLayout.versionOfSums(file.name()) <= latest.version() - 3) {
        old.add(file.path());
      }
    }
    folder.storage().delete(old);
  }
}
