package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ChunkWork;
import io.bisift.formats.evaluate.EvaluationParameters.Scorer;
import io.bisift.formats.evaluate.ItemChunk;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Scores chunks, by the worker's shared scorer where there is one, and counts what is done. */
abstract class ChunkFn extends DoFn<ItemChunk, ChunkOutcome> {
  private final Counter items = Metrics.counter(EvaluateItems.NAMESPACE, EvaluateItems.ITEMS_DONE);
  private final Counter before =
      Metrics.counter(EvaluateItems.NAMESPACE, EvaluateItems.ITEMS_DONE_BEFORE);
  private final String output;
  private final @Nullable String imageRoot;
  private final ScorerUse scorer;

  /**
   * @param scorer null: there are scores already
   */
  ChunkFn(String output, @Nullable String imageRoot, @Nullable Scorer scorer) {
    this.output = output;
    this.imageRoot = imageRoot;
    this.scorer = new ScorerUse(scorer);
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
    return new ChunkWork(new BeamStorage(), output, imageRoot, scorer.get());
  }

  void count(ChunkOutcome outcome, boolean doneBefore) {
    long done = outcome.scored() + outcome.rejected();
    items.inc(done);
    before.inc(doneBefore ? done : 0);
  }
}
