package io.bisift.pipelines.run;

import io.bisift.beam.evaluate.EvaluateItems;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.evaluate.ResultParameters;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;

/** Work by a Beam pipeline, on whatever runner the options name. */
final class BeamResultDriver<P extends ResultParameters> implements ResultDriver {
  private static final MetricsFilter OURS =
      MetricsFilter.builder()
          .addNameFilter(MetricNameFilter.inNamespace(EvaluateItems.NAMESPACE))
          .build();

  private final ResultKind<P> kind;
  private final P parameters;
  private final BeamJob job;
  private final Storage storage;

  BeamResultDriver(ResultKind<P> kind, P parameters, PipelineOptions options) {
    this.kind = kind;
    this.parameters = parameters;
    this.job = new BeamJob(options);
    this.storage = new BeamStorage(options);
    FileSystems.setDefaultPipelineOptions(options);
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public void write(String id) {
    job.run(kind.transform(), kind.graph(parameters, id), Set.of(PipelineResult.State.DONE));
  }

  @Override
  public Done done() {
    PipelineResult running = job.result();
    if (running == null) {
      return Done.NOTHING;
    }
    long items = 0;
    long before = 0;
    for (MetricResult<Long> counter : running.metrics().queryMetrics(OURS).getCounters()) {
      String name = counter.getName().getName();
      items += name.equals(EvaluateItems.ITEMS_DONE) ? counter.getAttempted() : 0;
      before += name.equals(EvaluateItems.ITEMS_DONE_BEFORE) ? counter.getAttempted() : 0;
    }
    return new Done(items, before);
  }

  @Override
  public void cancel() throws IOException {
    job.cancel();
  }
}
