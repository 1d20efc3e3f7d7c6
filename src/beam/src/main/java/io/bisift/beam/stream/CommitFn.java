package io.bisift.beam.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.stream.Watermark;
import io.bisift.formats.log.LogCommitter;
import io.bisift.formats.log.LogCommitter.Outcome;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamManifest;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Makes each batch of additions the next version of the set. A batch may come more than once, and
 * two workers may believe to be the only one: {@link LogCommitter} takes each record once. Gives
 * the number of the new version.
 *
 * @param <T> what is added
 */
final class CommitFn<T> extends DoFn<KV<Integer, Iterable<T>>, Long> {
  /** Commits additions of a kind. */
  interface Commit<T> extends Serializable {
    Optional<Outcome> apply(LogCommitter committer, List<T> additions) throws IOException;
  }

  private final StreamTarget target;
  private final ExpectedShards expected;
  private final Commit<T> commit;
  private final AfterCommit<T> after;
  private final Counter committed = StreamMetrics.counter(StreamMetrics.RECORDS_COMMITTED);
  private final Counter replayed = StreamMetrics.counter(StreamMetrics.RECORDS_REPLAYED);
  private final Counter late = StreamMetrics.counter(StreamMetrics.RECORDS_LATE);
  private final Counter duplicates = StreamMetrics.counter(StreamMetrics.RECORDS_DUPLICATE);
  private final Gauge version = StreamMetrics.gauge(StreamMetrics.VERSION);
  private final Gauge watermark = StreamMetrics.gauge(StreamMetrics.WATERMARK_SECONDS);
  private final Gauge kept = StreamMetrics.gauge(StreamMetrics.RECORDS_KEPT);
  private final Gauge buckets = StreamMetrics.gauge(StreamMetrics.HISTOGRAM_BUCKETS);
  private final Gauge rejected = StreamMetrics.gauge(StreamMetrics.REJECTED_PPM);
  private transient @Nullable LogCommitter committer;
  private transient StreamFolder folder;

  CommitFn(StreamTarget target, ExpectedShards expected, Commit<T> commit, AfterCommit<T> after) {
    this.target = target;
    this.expected = expected;
    this.commit = commit;
    this.after = after;
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<T>> batch, PipelineOptions options, OutputReceiver<Long> out)
      throws IOException {
    if (committer == null) {
      folder = new StreamFolder(new BeamStorage(options), target.folder());
      folder.open(target.parameters());
      committer =
          new LogCommitter(folder, target.parameters(), target.tool(), expected, Clock.systemUTC());
      after.begin(folder, options);
    }
    List<T> additions = new ArrayList<>();
    batch.getValue().forEach(additions::add);
    Optional<Outcome> outcome = commit.apply(committer, additions);
    after.committed(additions, folder, options);
    if (outcome.isPresent()) {
      tell(outcome.get());
      out.output(outcome.get().manifest().version());
    }
  }

  private void tell(Outcome outcome) {
    committed.inc(outcome.records());
    replayed.inc(outcome.replayed());
    duplicates.inc(outcome.duplicates());
    late.inc(outcome.late());
    StreamManifest.Progress progress = outcome.manifest().windows();
    if (progress != null && progress.watermark() != Watermark.START) {
      watermark.set(progress.watermark() / 1000);
    }
    StreamManifest.Counts totals = outcome.manifest().totals();
    version.set(outcome.manifest().version());
    kept.set(totals.kept());
    buckets.set(outcome.buckets());
    if (totals.records() > totals.blank()) {
      rejected.set(1_000_000 * totals.rejected() / (totals.records() - totals.blank()));
    }
  }
}
