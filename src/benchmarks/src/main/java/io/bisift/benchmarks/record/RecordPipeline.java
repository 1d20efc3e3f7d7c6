package io.bisift.benchmarks.record;

import com.sun.management.OperatingSystemMXBean;
import io.bisift.beam.record.ConvertRollouts;
import io.bisift.beam.record.ParseRollouts;
import io.bisift.beam.record.SelectTopFraction;
import io.bisift.beam.record.SourcedRecord;
import io.bisift.beam.record.SourcedRollout;
import io.bisift.core.training.LabelRule;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** {@code ParseRollouts → SelectTopFraction → ConvertRollouts} over the lines of local files. */
final class RecordPipeline {
  private static final double RATIO = 0.1;
  private static final double ALPHA = 0.2;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Engine engine;
  private final int parallelism;
  private final List<String> files;

  RecordPipeline(Engine engine, int parallelism, List<String> files) {
    this.engine = engine;
    this.parallelism = parallelism;
    this.files = files;
  }

  /**
   * What a run found.
   *
   * @param seconds building the pipeline and starting the engine included
   * @param cpuSeconds of all threads of the process meanwhile
   * @param lines read
   * @param results that came out
   * @param checksum of the ids that came out, in any order
   */
  record Result(double seconds, double cpuSeconds, long lines, long results, long checksum) {}

  /** Runs the pipeline up to a stage. */
  Result run(Stage stage) {
    long start = System.nanoTime();
    long cpuStart = PROCESS.getProcessCpuTime();
    Pipeline pipeline = build(stage, engine.options(parallelism));
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
    return new Result(
        (System.nanoTime() - start) / 1e9,
        (PROCESS.getProcessCpuTime() - cpuStart) / 1e9,
        counter(result, ReadLinesFn.LINES),
        counter(result, DigestFn.RESULTS),
        counter(result, DigestFn.CHECKSUM));
  }

  Pipeline build(Stage stage, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<KV<String, KV<Long, String>>> lines =
        pipeline
            .apply("Files", Create.of(files))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("ReadLines", ParDo.of(new ReadLinesFn()));
    if (stage == Stage.READ) {
      lines.apply("Digest", ParDo.of(new DigestFn<>(line -> line.getValue().getKey().hashCode())));
      return pipeline;
    }
    PCollection<SourcedRollout> rollouts = lines.apply("Parse", ParseRollouts.create());
    if (stage == Stage.PARSE) {
      digest(rollouts);
      return pipeline;
    }
    PCollection<SourcedRollout> selected =
        rollouts.apply("Select", SelectTopFraction.perSource(RATIO).withAlpha(ALPHA));
    if (stage == Stage.SELECT) {
      digest(selected);
      return pipeline;
    }
    PCollection<SourcedRecord> records =
        selected.apply(
            "Convert", ConvertRollouts.withLabels(LabelRule.hard(0)).rejectingBadSteps());
    records.apply("Digest", ParDo.of(new DigestFn<>(record -> record.id().hashCode())));
    return pipeline;
  }

  private static void digest(PCollection<SourcedRollout> rollouts) {
    rollouts.apply("Digest", ParDo.of(new DigestFn<>(rollout -> rollout.id().hashCode())));
  }

  private static long counter(PipelineResult result, String name) {
    MetricQueryResults metrics =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(RecordPipeline.class, name))
                    .build());
    long sum = 0;
    for (var counter : metrics.getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }
}
