package io.bisift.formats.log;

import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.GroupCut;
import io.bisift.core.stream.GroupSums;
import io.bisift.core.stream.GroupTally;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is new since a version, on its way to the next one. Not thread-safe. */
final class LogChange {
  private final StreamFolder folder;
  private final StreamParameters parameters;
  private final LogState state;
  private final List<StreamManifest.Piece> pieces = new ArrayList<>();
  private final List<SourceSet> sets = new ArrayList<>();
  private final Set<String> touched = new HashSet<>();
  private final Map<LogShard, Long> news = new HashMap<>();
  private long records;
  private long replayed;
  private long duplicates;
  private long late;

  LogChange(StreamFolder folder, StreamParameters parameters, LogState state) {
    this.folder = folder;
    this.parameters = parameters;
    this.state = state;
  }

  /** Records that are new. */
  long records() {
    return records;
  }

  /** Records that were committed before. */
  long replayed() {
    return replayed;
  }

  /** Records with the id of another one. */
  long duplicates() {
    return duplicates;
  }

  /** Records whose window was closed. */
  long late() {
    return late;
  }

  boolean isEmpty() {
    return pieces.isEmpty() && sets.isEmpty() && duplicates == 0 && late == 0;
  }

  void add(SourceSet set) {
    if (state.sources.add(set.source())) {
      sets.add(set);
    }
  }

  void add(Segment segment) throws IOException {
    if (segment.latest() != Message.NO_TIME) {
      news.merge(segment.shard(), segment.latest(), Math::max);
    }
    if (segment.shard().isOfArrivals()) {
      addArrivals(segment);
      return;
    }
    OrderRanges committed = state.sums.committed(segment.shard());
    if (committed.containsAll(segment.first(), segment.last())) {
      replayed += segment.records(); // its files may be gone
      return;
    }
    boolean again = committed.intersects(segment.first(), segment.last());
    boolean closed = segment.tallies().keySet().stream().anyMatch(state::isClosed);
    if (again || closed || (segment.hasIds() && parameters.idHorizon() > 0)) {
      addNew(segment, folder.ranks(segment.name(), segment.files()), committed);
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
      } else if (state.isClosed(ranks.group(i))) {
        late++;
      } else if (!state.ids.add(ranks.id(i))) {
        duplicates++;
      } else {
        taken.set(i);
      }
    }
    add(segment, ranks.tallies(taken::get));
    forEachRun(
        taken,
        (from, to) -> pieces.add(piece(segment, from, to, ranks.order(from), ranks.order(to - 1))));
  }

  /**
   * Numbers what is new. A segment comes again after its commit at the most: then it is named
   * already, or its receipts are gone.
   */
  private void addArrivals(Segment segment) throws IOException {
    if (!folder.receipts().isThere(segment) || !state.segments.add(segment.name())) {
      replayed += segment.records(); // its files may be gone
      return;
    }
    Ranks ranks = folder.ranks(segment.name(), segment.files());
    BitSet taken = new BitSet();
    for (int i = 0; i < ranks.size(); i++) {
      if (!state.ids.add(ranks.id(i))) {
        duplicates++;
      } else if (state.isClosed(ranks.group(i))) {
        late++;
      } else {
        taken.set(i);
      }
    }
    add(segment, ranks.tallies(taken::get));
    OrderRanges committed = state.sums.committed(segment.shard());
    forEachRun(
        taken,
        (from, to) -> {
          long first = committed.firstMissing(0);
          long last = first + to - from - 1;
          pieces.add(piece(segment, from, to, first, last));
          committed.add(first, last);
        });
  }

  /** Takes consecutive records. */
  private interface Run {
    void take(int from, int to);
  }

  private static void forEachRun(BitSet taken, Run run) {
    int from = taken.nextSetBit(0);
    while (from >= 0) {
      int to = taken.nextClearBit(from);
      run.take(from, to);
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

  /**
   * The next version.
   *
   * @param tool name and version of what makes it
   * @param now in milliseconds since 1970
   */
  StreamManifest manifest(String tool, long now) throws IOException {
    long version = state.version + 1;
    List<StreamManifest.Piece> listed = new ArrayList<>();
    List<SourceSet> listedSets = new ArrayList<>();
    SortedMap<String, StreamManifest.Group> groups = new TreeMap<>(LogReader.GROUPS);
    for (StreamManifest taken : folder.takenOver(version)) {
      taken.groups().forEach(group -> groups.put(group.group(), group));
      listed.addAll(taken.pieces());
      listedSets.addAll(taken.sets());
    }
    listed.addAll(pieces);
    listedSets.addAll(sets);
    groups.putAll(state.groups);
    for (String group : touched) {
      groups.put(group, group(group, state.sums.group(group)));
    }
    for (SourceSet set : sets) {
      groups.put(set.source(), new StreamManifest.Group(set.source(), set.counts(), null));
    }
    StreamManifest.Counts totals = close(groups, now);
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
        parameters.windows() == null
            ? null
            : new StreamManifest.Progress(state.sums.watermark.at(), state.sums.late),
        shards,
        listed,
        listedSets,
        LogLayout.sums(version));
  }

  /**
   * Moves event time on and forgets what is remembered of windows that are closed thereby; a
   * window's cut stays in the manifests. Returns the totals.
   */
  private StreamManifest.Counts close(Map<String, StreamManifest.Group> groups, long now) {
    LogSums sums = state.sums;
    EventWindows windows = parameters.windows();
    if (windows != null) {
      news.forEach((shard, time) -> sums.watermark.hear(shard, time, now));
      if (!news.isEmpty()) {
        sums.watermark.advance(windows, now);
      }
      sums.late += late;
      for (String group : List.copyOf(sums.groups.keySet())) {
        if (state.isClosed(group)) {
          StreamManifest.Group closed = groups.get(group);
          sums.groups.remove(group);
          sums.closed = sums.closed.plus(closed.counts());
        }
      }
    }
    StreamManifest.Counts totals = sums.closed;
    for (StreamManifest.Group group : groups.values()) {
      if (!state.isClosed(group.group())) {
        totals = totals.plus(group.counts());
      }
    }
    return totals;
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
    folder.forEachPiece(
        all,
        (piece, ranks) -> {
          LogShard shard = LogShard.of(piece.shard());
          for (int i = piece.from(); i < piece.to(); i++) {
            if (ranks.kind(i).isRanked() && ranks.group(i).equals(group)) {
              sink.accept(shard, ranks.key(i));
            }
          }
        });
  }
}
