package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ChunkWork;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.formats.evaluate.ItemChunk;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Scores chunks of items, each on the worker that gets it, which keeps what comes of it. */
final class ScoreChunks extends PTransform<PCollection<ItemChunk>, PCollectionTuple> {
  static final TupleTag<ChunkOutcome> OUTCOMES = new TupleTag<>() {};
  static final TupleTag<ScoreTable> SCORES = new TupleTag<>() {};
  static final TupleTag<Mistakes> MISTAKES = new TupleTag<>() {};

  private final EvaluationParameters parameters;

  ScoreChunks(EvaluationParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public PCollectionTuple expand(PCollection<ItemChunk> chunks) {
    PCollectionTuple scored =
        chunks
            .apply("SpreadChunks", Reshuffle.viaRandomKey())
            .apply(
                "Score",
                ParDo.of(new ScoreFn(parameters))
                    .withOutputTags(OUTCOMES, TupleTagList.of(SCORES).and(MISTAKES)));
    scored.get(OUTCOMES).setCoder(EvaluationCoders.OUTCOME);
    scored.get(SCORES).setCoder(EvaluationCoders.SCORES);
    scored.get(MISTAKES).setCoder(EvaluationCoders.MISTAKES);
    return scored;
  }

  static final class ScoreFn extends DoFn<ItemChunk, ChunkOutcome> {
    private final Counter items =
        Metrics.counter(EvaluateItems.NAMESPACE, EvaluateItems.ITEMS_DONE);
    private final Counter before =
        Metrics.counter(EvaluateItems.NAMESPACE, EvaluateItems.ITEMS_DONE_BEFORE);
    private final EvaluationParameters parameters;
    private final ScorerUse scorer;

    ScoreFn(EvaluationParameters parameters) {
      this.parameters = parameters;
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

    @ProcessElement
    public void processElement(@Element ItemChunk chunk, MultiOutputReceiver out)
        throws IOException {
      ChunkWork.Result result =
          new ChunkWork(
                  new BeamStorage(), parameters.output(), parameters.imageRoot(), scorer.get())
              .work(chunk);
      ChunkOutcome outcome = result.outcome();
      items.inc(outcome.scored() + outcome.rejected());
      before.inc(result.doneBefore() ? outcome.scored() + outcome.rejected() : 0);
      out.get(OUTCOMES).output(outcome);
      out.get(SCORES).output(result.scores());
      out.get(MISTAKES).output(result.mistakes());
    }
  }
}
