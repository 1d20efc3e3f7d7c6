package io.bisift.formats.log;

import io.bisift.core.UserException;
import io.bisift.core.stream.GroupCut;
import io.bisift.core.stream.GroupSums;
import io.bisift.core.stream.GroupTally;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.core.stream.RecentIds;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.StoredFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
   * @param buckets different scores that are remembered, over all sources and log shards
   */
  public record Outcome(
      StreamManifest manifest, long records, long replayed, long duplicates, long buckets) {}

  private final StreamFolder folder;
  private final StreamParameters parameters;
  private final String tool;

  // as of the version, which nobody else had surpassed when it was last looked at; null: unknown
  private @Nullable State state;

  /**
   * @param tool name and version of what makes the set
   */
  public LogCommitter(StreamFolder folder, StreamParameters parameters, String tool) {
    this.folder = folder;
    this.parameters = parameters;
    this.tool = tool;
  }

  /**
   * Commits what is new in these segments and sets.
   *
   * @return nothing if nothing is
   */
  public Optional<Outcome> commit(List<Segment> segments, List<SourceSet> sets) throws IOException {
    while (true) {
      State known = state == null ? load() : state;
      state = null; // whatever fails from here on, the state is half changed
      Change change = new Change(known);
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
      StreamManifest next = change.manifest();
      writeSums(known.sums, next.sums());
      if (folder.publish(next)) {
        known.advance(next);
        state = known;
        removeOldSums(next);
        return Optional.of(
            new Outcome(
                next,
                change.records,
                change.replayed,
                change.duplicates,
                known.sums.groups.values().stream().mapToLong(GroupSums::buckets).sum()));
      }
      folder.storage().delete(List.of(folder.layout().path(next.sums())));
    }
  }

  /** A set as of a version. */
  private static final class State {
    final LogSums sums;
    final RecentIds ids;
    final Set<String> sources;
    final SortedMap<String, StreamManifest.Group> groups = new TreeMap<>();
    long version;

    State(LogSums sums, RecentIds ids, Set<String> sources) {
      this.sums = sums;
      this.ids = ids;
      this.sources = sources;
    }

    void advance(StreamManifest to) {
      version = to.version();
      to.groups().forEach(group -> groups.put(group.group(), group));
    }
  }

  private State load() throws IOException {
    long version = folder.latestVersion();
    if (version == 0) {
      return new State(new LogSums(), new RecentIds(parameters.idHorizon()), new HashSet<>());
    }
    StreamManifest latest = folder.manifest(version);
    Set<String> sources = new HashSet<>();
    folder.sets(version).forEach(set -> sources.add(set.source()));
    State loaded = new State(readSums(latest.sums()), recentIds(version), sources);
    loaded.advance(latest);
    return loaded;
  }

  private RecentIds recentIds(long version) throws IOException {
    RecentIds ids = new RecentIds(parameters.idHorizon());
    if (parameters.idHorizon() == 0) {
      return ids;
    }
    List<StreamManifest.Piece> pieces = folder.pieces(version);
    int start = pieces.size();
    for (long found = 0; start > 0 && found < parameters.idHorizon(); start--) {
      found += pieces.get(start - 1).to() - pieces.get(start - 1).from();
    }
    for (StreamManifest.Piece piece : pieces.subList(start, pieces.size())) {
      Ranks ranks = folder.ranks(piece.segment());
      for (int i = piece.from(); i < piece.to(); i++) {
        ids.add(ranks.id(i));
      }
    }
    return ids;
  }

  private LogSums readSums(String name) throws IOException {
    String path = folder.layout().path(name);
    try (InputStream in = Channels.newInputStream(folder.storage().open(path))) {
      return LogSums.read(new DataInputStream(new BufferedInputStream(in)));
    } catch (IOException e) {
      throw UserException.failure("cannot read " + path + ": " + OutputLayout.reason(e), e);
    }
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

  /** What is new since a version. */
  private final class Change {
    private final State state;
    private final List<StreamManifest.Piece> pieces = new ArrayList<>();
    private final List<SourceSet> sets = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();
    private long records;
    private long replayed;
    private long duplicates;

    Change(State state) {
      this.state = state;
    }

    boolean isEmpty() {
      return pieces.isEmpty() && sets.isEmpty() && duplicates == 0;
    }

    void add(SourceSet set) {
      if (state.sources.add(set.source())) {
        sets.add(set);
      }
    }

    void add(Segment segment) throws IOException {
      OrderRanges committed = state.sums.committed(segment.shard());
      boolean again = committed.intersects(segment.first(), segment.last());
      if (again || (segment.hasIds() && parameters.idHorizon() > 0)) {
        addNew(segment, folder.ranks(segment.name()), committed);
      } else {
        add(segment, segment.tallies());
        pieces.add(piece(segment, 0, segment.records(), segment.first(), segment.last()));
      }
      committed.add(segment.first(), segment.last());
    }

    /** Record by record. */
    private void addNew(Segment segment, Ranks ranks, OrderRanges committed) {
      BitSet taken = new BitSet();
      for (int i = 0; i < ranks.size(); i++) {
        if (committed.contains(ranks.order(i))) {
          replayed++;
        } else if (!state.ids.add(ranks.id(i))) {
          duplicates++;
        } else {
          taken.set(i);
        }
      }
      add(segment, ranks.tallies(taken::get));
      int from = taken.nextSetBit(0);
      while (from >= 0) {
        int to = taken.nextClearBit(from);
        pieces.add(piece(segment, from, to, ranks.order(from), ranks.order(to - 1)));
        from = taken.nextSetBit(to);
      }
    }

    private void add(Segment segment, SortedMap<String, GroupTally> tallies) {
      tallies.forEach(
          (group, tally) -> {
            state.sums.group(group).add(segment.shard(), tally);
            touched.add(group);
            records += tally.blank() + tally.rejected() + tally.ranked().total();
          });
    }

    private StreamManifest.Piece piece(Segment segment, int from, int to, long first, long last) {
      return new StreamManifest.Piece(
          segment.shard().id(), segment.name(), from, to, first, last, segment.files());
    }

    StreamManifest manifest() throws IOException {
      long version = state.version + 1;
      List<StreamManifest.Piece> listed = new ArrayList<>();
      List<SourceSet> listedSets = new ArrayList<>();
      for (StreamManifest taken : folder.takenOver(version)) {
        listed.addAll(taken.pieces());
        listedSets.addAll(taken.sets());
      }
      listed.addAll(pieces);
      listedSets.addAll(sets);
      SortedMap<String, StreamManifest.Group> groups = new TreeMap<>(LogReader.GROUPS);
      groups.putAll(state.groups);
      for (String group : touched) {
        groups.put(group, group(group, state.sums.group(group)));
      }
      for (SourceSet set : sets) {
        groups.put(set.source(), new StreamManifest.Group(set.source(), set.counts(), null));
      }
      StreamManifest.Counts totals = StreamManifest.Counts.NONE;
      for (StreamManifest.Group group : groups.values()) {
        totals = totals.plus(group.counts());
      }
      List<StreamManifest.Shard> shards = new ArrayList<>();
      state.sums.committed.forEach(
          (shard, orders) -> shards.add(new StreamManifest.Shard(shard.id(), orders.ranges())));
      return new StreamManifest(
          StreamManifest.FORMAT,
          tool,
          version,
          parameters,
          totals,
          List.copyOf(groups.values()),
          shards,
          listed,
          listedSets,
          LogLayout.sums(version));
    }

    private StreamManifest.Group group(String name, GroupSums sums) throws IOException {
      long ranked = sums.ranked();
      StreamManifest.Counts counts =
          new StreamManifest.Counts(
              sums.blank() + sums.rejected() + ranked,
              sums.blank(),
              sums.rejected(),
              ranked,
              parameters.topFraction().of(ranked));
      if (ranked == 0) {
        return new StreamManifest.Group(name, counts, null);
      }
      GroupCut cut = sums.cut(parameters.topFraction(), sink -> forEachKey(name, sink));
      return new StreamManifest.Group(name, counts, StreamManifest.GroupCutScore.of(cut));
    }

    /** Goes over the whole log; needed where there are more scores than histograms hold. */
    private void forEachKey(String group, GroupSums.Keys.Sink sink) throws IOException {
      List<StreamManifest.Piece> all = new ArrayList<>(folder.pieces(state.version));
      all.addAll(pieces);
      Map<String, Ranks> read = new HashMap<>(); // of the last segment: its pieces stand together
      for (StreamManifest.Piece piece : all) {
        Ranks ranks = read.get(piece.segment());
        if (ranks == null) {
          read.clear();
          ranks = folder.ranks(piece.segment());
          read.put(piece.segment(), ranks);
        }
        LogShard shard = LogShard.of(piece.shard());
        for (int i = piece.from(); i < piece.to(); i++) {
          if (ranks.kind(i).isRanked() && ranks.group(i).equals(group)) {
            sink.accept(shard, ranks.key(i));
          }
        }
      }
    }
  }
}
