package io.bisift.formats.log;

import io.bisift.core.UserException;
import io.bisift.core.select.Cut;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.stream.GroupCut;
import io.bisift.core.stream.LogShard;
import io.bisift.core.wire.Wire;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.TextLine;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a version: goes over the log, shard by shard in order, and gives those that
 * the cut keeps.
 */
public final class LogReader {
  /** The order of groups: by the UTF-8 bytes of their names, as sources are ordered everywhere. */
  public static final Comparator<String> GROUPS =
      Comparator.comparing(
          group -> group.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  /** Takes records; lines are good during the call. */
  public interface Sink {
    /** A record that the cut keeps and that can be written. */
    void kept(String group, TextLine record, TextLine index) throws IOException;

    /** A record that cannot be ranked, or that the cut keeps and that cannot be written. */
    void rejected(String group, TextLine record) throws IOException;

    /** Some records that can be ranked, kept or not. */
    default void pool(String group, LabelStatistics statistics) {}

    /** Some records that are {@link #kept}. */
    default void selected(String group, LabelStatistics statistics) {}

    /** Where a source that came as a whole file was cut. */
    default void cut(String group, Manifest.CutScore cut) {}

    /** Why some records are {@link #rejected}. */
    default void defect(String name, long records) {}
  }

  private final StreamFolder folder;
  private final long version;

  public LogReader(StreamFolder folder, long version) {
    this.folder = folder;
    this.version = version;
  }

  /** Gives all records, those of a group in its order, groups mixed. */
  public void read(Sink sink) throws IOException {
    for (SourceSet set : folder.sets(version)) {
      read(set, sink);
    }
    readLog(sink);
  }

  private void readLog(Sink sink) throws IOException {
    Map<String, GroupCut> cuts = new HashMap<>();
    for (StreamManifest.Group group : folder.groups(version)) {
      if (group.cut() != null) {
        cuts.put(group.group(), group.cut().groupCut());
      }
    }
    TreeMap<LogShard, List<StreamManifest.Piece>> shards = new TreeMap<>();
    for (StreamManifest.Piece piece : folder.pieces(version)) {
      shards.computeIfAbsent(LogShard.of(piece.shard()), key -> new ArrayList<>()).add(piece);
    }
    for (Map.Entry<LogShard, List<StreamManifest.Piece>> shard : shards.entrySet()) {
      Filter filter = new Filter(shard.getKey(), cuts);
      List<StreamManifest.Piece> pieces = shard.getValue();
      pieces.sort(Comparator.comparingLong(StreamManifest.Piece::first));
      int from = 0;
      for (int to = 1; to <= pieces.size(); to++) {
        if (to == pieces.size() || !pieces.get(to).segment().equals(pieces.get(from).segment())) {
          read(pieces.subList(from, to), filter, sink);
          from = to;
        }
      }
    }
  }

  private void read(SourceSet set, Sink sink) throws IOException {
    OutputLayout layout = new OutputLayout(folder.layout().path(set.folder()));
    Manifest manifest =
        new OutputFolder(folder.storage(), layout.folder())
            .manifest()
            .orElseThrow(() -> UserException.failure(layout.folder() + " has lost its manifest"));
    if (!manifest.shards().stream().map(Manifest.Shard::data).toList().equals(set.shards())) {
      throw UserException.failure(
          layout.folder() + " is another set than version " + version + " names");
    }
    Manifest.Source counted = manifest.sources().get(0);
    if (counted.pool() != null && counted.selected() != null) {
      sink.pool(set.source(), LabelStatistics.of(counted.pool()));
      sink.selected(set.source(), LabelStatistics.of(counted.selected()));
    }
    if (counted.cut() != null) {
      sink.cut(set.source(), counted.cut());
    }
    manifest.rejected().byDefect().forEach(sink::defect);
    for (Manifest.Shard shard : manifest.shards()) {
      try (CheckedFile records = lines(layout, shard.data());
          CheckedFile entries = lines(layout, shard.index())) {
        while (records.next() && entries.next()) {
          sink.kept(set.source(), records.line(), entries.line());
        }
        entries.finish();
      }
    }
    for (WrittenFile file : manifest.rejected().files()) {
      try (CheckedFile records = lines(layout, file)) {
        while (records.next()) {
          sink.rejected(set.source(), records.line());
        }
      }
    }
  }

  private CheckedFile lines(OutputLayout layout, WrittenFile file) throws IOException {
    return CheckedFile.open(folder.storage(), layout.path(file.name()), file);
  }

  /** Tells which records of a shard are kept; asked in their order. */
  private static final class Filter {
    private final LogShard shard;
    private final Map<String, GroupCut> cuts;
    private final Map<String, Long> tiesLeft = new HashMap<>();

    Filter(LogShard shard, Map<String, GroupCut> cuts) {
      this.shard = shard;
      this.cuts = cuts;
    }

    boolean keeps(String group, long key) {
      GroupCut found = cuts.get(group);
      if (found == null) {
        throw new IllegalStateException("the manifest has no cut of " + group);
      }
      Cut cut = found.cut();
      if (!cut.isTied(key)) {
        return cut.isAbove(key);
      }
      long left = tiesLeft.computeIfAbsent(group, key2 -> found.tiesKept().getOrDefault(shard, 0L));
      tiesLeft.put(group, left - 1);
      return left > 0;
    }
  }

  /** Pieces of one segment, in order, in one pass: there may be as many as it has records. */
  private void read(List<StreamManifest.Piece> pieces, Filter filter, Sink sink)
      throws IOException {
    StreamManifest.Piece piece = pieces.get(0);
    BitSet listed = new BitSet();
    pieces.forEach(part -> listed.set(part.from(), part.to()));
    Ranks ranks = folder.ranks(piece.segment(), piece.files());
    DataInput notes = ranks.notes();
    try (Lines data = new Lines(piece, LogLayout.data(piece.segment()));
        Lines index = new Lines(piece, LogLayout.index(piece.segment()));
        Lines rejected = new Lines(piece, LogLayout.rejected(piece.segment()))) {
      for (int i = 0; i < listed.length(); i++) {
        boolean named = listed.get(i);
        Ranks.Kind kind = ranks.kind(i);
        boolean kept = named && kind.isRanked() && filter.keeps(ranks.group(i), ranks.key(i));
        LabelStatistics statistics = null;
        if (kind.isRanked()) {
          statistics = LabelStatistics.read(notes);
          if (named) {
            sink.pool(ranks.group(i), statistics);
          }
        }
        switch (kind) {
          case BLANK -> {}
          case REJECTED, UNWRITABLE -> {
            TextLine line = rejected.next();
            String defect = Wire.readString(notes);
            if (kept || (named && kind == Ranks.Kind.REJECTED)) {
              sink.rejected(ranks.group(i), line);
              sink.defect(defect.toLowerCase(Locale.ROOT), 1);
            }
          }
          case WRITABLE -> {
            TextLine record = data.next();
            TextLine entry = index.next();
            if (kept && statistics != null) {
              sink.kept(ranks.group(i), record, entry);
              sink.selected(ranks.group(i), statistics);
            }
          }
        }
      }
      data.finish();
      index.finish();
      rejected.finish();
    }
  }

  /** A file of a segment, opened when its first line is wanted. */
  private final class Lines implements AutoCloseable {
    private final StreamManifest.Piece piece;
    private final String name;
    private @Nullable CheckedFile file;

    Lines(StreamManifest.Piece piece, String name) {
      this.piece = piece;
      this.name = name;
    }

    TextLine next() throws IOException {
      if (file == null) {
        file = lines(folder.layout(), folder.listed(piece.files(), name));
      }
      if (!file.next()) {
        throw UserException.failure(folder.layout().path(name) + " has fewer lines than it should");
      }
      return file.line();
    }

    void finish() throws IOException {
      if (file != null) {
        file.finish();
      }
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
