package io.bisift.formats.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.WrittenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a complete set is made of and what it was made from. Written last: where a manifest is, the
 * set is complete. It holds no times and no absolute paths, so equal runs have equal manifests.
 *
 * @param format name and version of this file's format
 * @param tool what made the set
 * @param inputs in source order
 * @param sources in source order
 * @param plannedBytes of a plan only: input bytes of the records to be written
 */
public record Manifest(
    String format,
    String tool,
    Parameters parameters,
    List<Input> inputs,
    Counts totals,
    @JsonInclude(JsonInclude.Include.NON_NULL) LabelStatistics.@Nullable Summary pool,
    @JsonInclude(JsonInclude.Include.NON_NULL) LabelStatistics.@Nullable Summary selected,
    List<Source> sources,
    List<Shard> shards,
    Rejected rejected,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long plannedBytes) {
  public static final String FORMAT = "bisift-manifest/1";

  public Manifest {
    inputs = List.copyOf(inputs);
    sources = List.copyOf(sources);
    shards = List.copyOf(shards);
  }

  /** All shards and indexes, those of rejected records included. */
  List<WrittenFile> files() {
    List<WrittenFile> files = new ArrayList<>(rejected.files());
    for (Shard shard : shards) {
      files.add(shard.data());
      files.add(shard.index());
    }
    return files;
  }

  /**
   * What decides which bytes the set has.
   *
   * @param topRatio ρ; null of convert
   * @param threshold τ; null of soft labels
   * @param shards as many as there are
   * @param shardSize that led to this number, or null if it was given
   * @param imagesChecked whether records whose pictures are missing were rejected
   */
  public record Parameters(
      Command command,
      double alpha,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double topRatio,
      LabelRule.Kind labels,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double threshold,
      int shards,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long shardSize,
      Compression compression,
      boolean imagesChecked) {}

  /**
   * A source as it was read.
   *
   * @param name relative; an entry of a zip file is {@code ZIP!/ENTRY}
   * @param size bytes as stored
   * @param crc32c of those bytes
   */
  public record Input(String name, long size, String crc32c) {}

  /**
   * Lines and what became of them: lines = blank + rejected + usable; usable = written + notKept.
   *
   * @param ranked records that count in m: the usable ones and those that were kept but could not
   *     be written
   */
  public record Counts(
      long lines, long blank, long rejected, long usable, long ranked, long written, long notKept) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          lines + other.lines,
          blank + other.blank,
          rejected + other.rejected,
          usable + other.usable,
          ranked + other.ranked,
          written + other.written,
          notKept + other.notKept);
    }

    /** Share of rejected ones among the lines that are not blank; 0 if there are none. */
    public double rejectedShare() {
      return rejected == 0 ? 0 : (double) rejected / (lines - blank);
    }
  }

  /**
   * Where a source was cut.
   *
   * @param bis score of the last one kept
   * @param ties rollouts with exactly this score
   * @param tiesKept how many of them are kept
   */
  public record CutScore(double bis, long ties, long tiesKept) {}

  /**
   * One source.
   *
   * @param cut null of convert, and of a source without rollouts
   * @param pool statistics of the ranked records; null where they are not at hand
   * @param selected statistics of the written ones; null where they are not at hand
   */
  public record Source(
      String source,
      Counts counts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CutScore cut,
      @JsonInclude(JsonInclude.Include.NON_NULL) LabelStatistics.@Nullable Summary pool,
      @JsonInclude(JsonInclude.Include.NON_NULL) LabelStatistics.@Nullable Summary selected) {}

  /** A data shard and the index beside it. */
  public record Shard(WrittenFile data, WrittenFile index) {}

  /**
   * The records kept aside.
   *
   * @param byDefect how often each kind of defect occurs
   */
  public record Rejected(long records, Map<String, Long> byDefect, List<WrittenFile> files) {
    static final Rejected UNKNOWN = new Rejected(0, Map.of(), List.of());

    public Rejected {
      files = List.copyOf(files);
    }
  }
}
