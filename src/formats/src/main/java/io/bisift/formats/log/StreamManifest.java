package io.bisift.formats.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bisift.core.select.Cut;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stream.GroupCut;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.core.wire.Wire;
import io.bisift.formats.shard.WrittenFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Version n of a growing set, complete in itself together with the few older ones that list the
 * rest of its segments: version n lists those of the versions above {@code n - 2^t} up to n, t
 * being the trailing zeros of n, and version {@code n - 2^t} goes on from there. So a set of n
 * versions is read from at most log2(n) + 1 of them. It holds no times and no absolute paths.
 *
 * @param format name and version of this file's format
 * @param tool what wrote it
 * @param version n, counted from 1
 * @param groups what is kept of each source, in order; of windows, those that are open and those
 *     that were closed with the versions that this one lists
 * @param windows how far event time has come; null where there are no windows
 * @param shards how far each log shard is committed
 * @param pieces of the log that came with the versions that this one lists, oldest first
 * @param sets of whole files that came with them, oldest first
 * @param sums file with what the next version builds on
 */
public record StreamManifest(
    String format,
    String tool,
    long version,
    StreamParameters parameters,
    Counts totals,
    List<Group> groups,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Progress windows,
    List<Shard> shards,
    List<Piece> pieces,
    List<SourceSet> sets,
    String sums) {
  public static final String FORMAT = "bisift-stream-manifest/1";

  public StreamManifest {
    groups = List.copyOf(groups);
    shards = List.copyOf(shards);
    pieces = List.copyOf(pieces);
    sets = List.copyOf(sets);
  }

  /** The version that lists what this one does not; 0 if there is nothing more. */
  static long listedBefore(long version) {
    return version - Long.lowestOneBit(version);
  }

  /**
   * Records and what became of them: records = blank + rejected + ranked.
   *
   * @param ranked m, those that count for the cut
   * @param kept k, those that the cut keeps, whether or not they can be written
   */
  public record Counts(long records, long blank, long rejected, long ranked, long kept) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          records + other.records,
          blank + other.blank,
          rejected + other.rejected,
          ranked + other.ranked,
          kept + other.kept);
    }

    static void write(Counts counts, DataOutput out) throws IOException {
      Wire.writeLong(counts.records, out);
      Wire.writeLong(counts.blank, out);
      Wire.writeLong(counts.rejected, out);
      Wire.writeLong(counts.ranked, out);
      Wire.writeLong(counts.kept, out);
    }

    static Counts read(DataInput in) throws IOException {
      return new Counts(
          Wire.readLong(in),
          Wire.readLong(in),
          Wire.readLong(in),
          Wire.readLong(in),
          Wire.readLong(in));
    }
  }

  /**
   * How far event time has come.
   *
   * @param watermark in milliseconds since 1970; windows that ended their lateness before are
   *     closed
   * @param late records that came for closed windows, dropped; they are in no other number
   */
  public record Progress(long watermark, long late) {}

  /**
   * One source, or a window of one.
   *
   * @param cut null where nothing can be ranked
   */
  public record Group(
      String group,
      Counts counts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GroupCutScore cut) {}

  /**
   * Where a group is cut.
   *
   * @param bis score of the last record kept
   * @param ties records with exactly this score
   * @param tiesKept how many of them are kept: the first ones, by log shard and order
   * @param tiesKeptByShard the same, dealt to the log shards; those that are not named keep none
   */
  public record GroupCutScore(
      double bis, long ties, long tiesKept, SortedMap<String, Long> tiesKeptByShard) {
    static GroupCutScore of(GroupCut found) {
      SortedMap<String, Long> dealt = new TreeMap<>();
      found.tiesKept().forEach((shard, kept) -> dealt.put(shard.id(), kept));
      Cut cut = found.cut();
      return new GroupCutScore(RankHistogram.scoreOf(cut.key()), cut.ties(), cut.tiesKept(), dealt);
    }

    GroupCut groupCut() {
      SortedMap<LogShard, Long> dealt = new TreeMap<>();
      tiesKeptByShard.forEach((shard, kept) -> dealt.put(LogShard.of(shard), kept));
      return new GroupCut(new Cut(RankHistogram.keyOf(bis), ties, tiesKept), dealt);
    }
  }

  /**
   * How far a log shard is committed.
   *
   * @param committed orders of the records that are in the set or were dropped from it for good
   */
  public record Shard(String shard, List<OrderRanges.Range> committed) {
    OrderRanges ranges() {
      OrderRanges ranges = new OrderRanges();
      committed.forEach(range -> ranges.add(range.first(), range.last()));
      return ranges;
    }
  }

  /**
   * Consecutive records of a segment.
   *
   * @param segment name of its files
   * @param from number of the first record in the segment, counted from 0
   * @param to behind the last one
   * @param first order of the first record
   * @param last order of the last one
   */
  public record Piece(
      String shard,
      String segment,
      int from,
      int to,
      long first,
      long last,
      List<WrittenFile> files) {}
}
