package io.bisift.beam.evaluate;

import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ChunkWork;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.formats.evaluate.ItemChunk;
import java.io.IOException;
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
  private final String runId;

  ScoreChunks(EvaluationParameters parameters, String runId) {
    this.parameters = parameters;
    this.runId = runId;
  }

  @Override
  public PCollectionTuple expand(PCollection<ItemChunk> chunks) {
    PCollectionTuple scored =
        chunks
            .apply("SpreadChunks", Reshuffle.viaRandomKey())
            .apply(
                "Score",
                ParDo.of(new ScoreFn(parameters, runId))
                    .withOutputTags(OUTCOMES, TupleTagList.of(SCORES).and(MISTAKES)));
    scored.get(OUTCOMES).setCoder(EvaluationCoders.OUTCOME);
    scored.get(SCORES).setCoder(EvaluationCoders.SCORES);
    scored.get(MISTAKES).setCoder(EvaluationCoders.MISTAKES);
    return scored;
  }

  static final class ScoreFn extends ChunkFn {
    ScoreFn(EvaluationParameters parameters, String runId) {
      super(parameters, runId);
    }

    @ProcessElement
    public void processElement(@Element ItemChunk chunk, MultiOutputReceiver out)
        throws IOException {
      ChunkWork.Result result = work().work(chunk);
      count(result.outcome(), result.doneBefore());
      out.get(OUTCOMES).output(result.outcome());
      out.get(SCORES).output(result.scores());
      out.get(MISTAKES).output(result.mistakes());
    }
  }
}
