package io.bisift.formats.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bisift.core.metrics.FirstError;
import io.bisift.core.metrics.StepMetrics;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.json}. Its first level has the reference's fields, name by name, beside ours; no
 * times, no paths, and nothing that differs between runners.
 *
 * @param format name and version of this file's format
 * @param parameters what the outcome depends on
 * @param inputs files that were evaluated
 * @param rejected items that the figures do not rest on
 * @param files of scores and rejected items
 */
public record MetricsFile(
    String format,
    String tool,
    Map<String, Object> parameters,
    List<Input> inputs,
    Rejected rejected,
    @JsonUnwrapped StepMetrics metrics,
    List<WrittenFile> files) {
  public static final String FORMAT = "bisift-evaluation/1";

  /** A file that was evaluated. */
  public record Input(String name, long size) {
    /** In the order of the files. */
    public static List<Input> of(List<SourceFile> files) {
      return files.stream().map(file -> new Input(file.input(), file.size())).toList();
    }
  }

  /**
   * @param items how many
   * @param byDefect the same by kind of reason
   */
  public record Rejected(long items, Map<String, Long> byDefect) {
    static Rejected of(List<ChunkOutcome> outcomes) {
      Map<String, Long> byDefect = new TreeMap<>();
      for (ChunkOutcome outcome : outcomes) {
        outcome
            .defects()
            .forEach(
                (defect, count) ->
                    byDefect.merge(defect.name().toLowerCase(Locale.ROOT), count, Long::sum));
      }
      return new Rejected(outcomes.stream().mapToLong(ChunkOutcome::rejected).sum(), byDefect);
    }
  }

  /** What of such a file a comparison needs. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Summary(
      String format,
      Map<String, Object> parameters,
      Rejected rejected,
      StepMetrics.Counts counts,
      StepMetrics.Threshold threshold,
      Map<String, StepMetrics.Source> perSource,
      StepMetrics.Overall overall,
      StepMetrics.RankingQuality ranking,
      FirstError firstError,
      StepMetrics.@Nullable Intervals intervals) {}
}
