package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ChunkWork;
import io.bisift.formats.evaluate.ItemChunk;
import io.bisift.formats.evaluate.ResultParameters;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Scores chunks, by the worker's shared scorer where there is one, and counts what is done. */
abstract class ChunkFn extends DoFn<ItemChunk, ChunkOutcome> {
  private final Counter items = Metrics.counter(EvaluateItems.NAMESPACE, EvaluateItems.ITEMS_DONE);
  private final Counter before =
      Metrics.counter(EvaluateItems.NAMESPACE, EvaluateItems.ITEMS_DONE_BEFORE);
  private final ResultParameters parameters;
  private final String runId;
  private final ScorerUse scorer;

  ChunkFn(ResultParameters parameters, String runId) {
    this.parameters = parameters;
    this.runId = runId;
    this.scorer = new ScorerUse(parameters.scorer());
  }

  @Setup
  public void setUp() {
    scorer.begin();
  }

  @Teardown
  public void tearDown() {
    scorer.end();
  }

  ChunkWork work() {
    return new ChunkWork(new BeamStorage(), parameters, scorer.get(), runId);
  }

  void count(ChunkOutcome outcome, boolean doneBefore) {
    items.inc(outcome.items());
    before.inc(doneBefore ? outcome.items() : 0);
  }
}
