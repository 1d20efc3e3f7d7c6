package io.bisift.pipelines.run;

import io.bisift.beam.file.RunMetrics;
import io.bisift.formats.run.RunProgress;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * How far a run is.
 *
 * @param scanned bytes of the first pass
 * @param rollouts found by it
 * @param lookedAt bytes that were read again to see what becomes of them
 * @param replayed bytes of the second pass
 * @param written records
 */
record Counters(long scanned, long rollouts, long lookedAt, long replayed, long written) {
  private static final MetricsFilter OURS =
      MetricsFilter.builder()
          .addNameFilter(MetricNameFilter.inNamespace(RunMetrics.NAMESPACE))
          .build();

  /** Those of a run without Beam. */
  static Counters of(RunProgress progress) {
    return new Counters(
        progress.bytesScanned(),
        progress.rolloutsScanned(),
        progress.bytesLookedAt(),
        progress.bytesReplayed(),
        progress.recordsWritten());
  }

  static final Counters NONE = new Counters(0, 0, 0, 0, 0);

  /**
   * Those of a pipeline.
   *
   * @param sets how many it makes, each reading the input once more
   */
  static Counters of(PipelineResult result, int sets) {
    Map<String, Long> sums = new HashMap<>();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(OURS).getCounters()) {
      sums.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    return new Counters(
        sums.getOrDefault(RunMetrics.BYTES_SCANNED, 0L),
        sums.getOrDefault(RunMetrics.ROLLOUTS_SCANNED, 0L),
        sums.getOrDefault(RunMetrics.BYTES_LOOKED_AT, 0L),
        sums.getOrDefault(RunMetrics.BYTES_REPLAYED, 0L) / sets,
        sums.getOrDefault(RunMetrics.RECORDS_WRITTEN, 0L));
  }
}
