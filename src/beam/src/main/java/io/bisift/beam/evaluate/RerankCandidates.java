package io.bisift.beam.evaluate;

import io.bisift.beam.coder.WireCoder;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.rerank.Candidate;
import io.bisift.core.rerank.ProblemChances;
import io.bisift.core.wire.Wire;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ChunkWork;
import io.bisift.formats.evaluate.EvaluationPlan;
import io.bisift.formats.evaluate.ItemChunk;
import io.bisift.formats.evaluate.RerankFinisher;
import io.bisift.formats.evaluate.RerankParameters;
import io.bisift.formats.shard.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * A whole reranking: candidates in; their scores, best-of-N and a report out.
 *
 * <pre>
 *   files → chunks → score ─┬→ outcomes → plan → write shards ──────┐
 *                           └→ by problem → chances of right answer ┴→ metrics, report
 * </pre>
 *
 * <p>Its output is the same bytes whatever the runner and its parallelism. All candidates of one
 * problem must fit into memory. Bounded input; any runner.
 */
public final class RerankCandidates extends PTransform<PBegin, PDone> {
  private static final Coder<Candidate> CANDIDATE =
      WireCoder.of(Candidate.class, Candidate::write, Candidate::read);
  private static final Coder<ProblemChances> PROBLEM =
      WireCoder.of(ProblemChances.class, ProblemChances::write, ProblemChances::read);
  private static final Coder<String> NAME =
      WireCoder.of(String.class, Wire::writeText, Wire::readText);

  private static final TupleTag<ChunkOutcome> OUTCOMES = new TupleTag<>() {};
  private static final TupleTag<KV<String, Candidate>> CANDIDATES = new TupleTag<>() {};

  private final RerankParameters parameters;
  private final String tool;
  private final String runId;

  private RerankCandidates(RerankParameters parameters, String tool, String runId) {
    this.parameters = parameters;
    this.tool = tool;
    this.runId = runId;
  }

  /**
   * A reranking.
   *
   * @param tool name and version of what reranks
   * @param runId tells this run from others that want the same folder
   */
  public static RerankCandidates of(RerankParameters parameters, String tool, String runId) {
    return new RerankCandidates(parameters, tool, runId);
  }

  @Override
  public PDone expand(PBegin begin) {
    PCollectionTuple scored =
        begin
            .apply("Start", Create.of(runId))
            .apply("ClaimAndCut", ParDo.of(new BeginFn(parameters, tool)))
            .setCoder(EvaluationCoders.CHUNK)
            .apply("SpreadChunks", Reshuffle.viaRandomKey())
            .apply(
                "Score",
                ParDo.of(new ScoreFn(parameters, runId))
                    .withOutputTags(OUTCOMES, TupleTagList.of(CANDIDATES)));
    PCollectionView<Iterable<ChunkOutcome>> outcomes =
        scored
            .get(OUTCOMES)
            .setCoder(EvaluationCoders.OUTCOME)
            .apply("Outcomes", View.asIterable());
    PCollectionView<Iterable<ProblemChances>> problems =
        scored
            .get(CANDIDATES)
            .setCoder(KvCoder.of(NAME, CANDIDATE))
            .apply("ByProblem", GroupByKey.create())
            .apply("Chances", ParDo.of(new ChancesFn(parameters.seed())))
            .setCoder(PROBLEM)
            .apply("Problems", View.asIterable());
    PCollectionView<Iterable<WrittenFile>> written =
        begin
            .apply("ShardResults", new ShardResults(parameters.output(), 1, runId, outcomes))
            .apply("Written", View.asIterable());
    begin
        .apply("Finish", Create.of(runId))
        .apply(
            "WriteMetrics",
            ParDo.of(new FinishFn(this, outcomes, problems, written))
                .withSideInputs(outcomes, problems, written));
    return PDone.in(begin.getPipeline());
  }

  static final class ScoreFn extends ChunkFn {
    ScoreFn(RerankParameters parameters, String runId) {
      super(parameters, runId);
    }

    @ProcessElement
    public void processElement(@Element ItemChunk chunk, MultiOutputReceiver out)
        throws IOException {
      ChunkWork.Candidates result = work().candidates(chunk);
      count(result.outcome(), result.doneBefore());
      out.get(OUTCOMES).output(result.outcome());
      for (int i = 0; i < result.candidates().size(); i++) {
        out.get(CANDIDATES).output(KV.of(result.problems().get(i), result.candidates().get(i)));
      }
    }
  }

  private static final class ChancesFn
      extends DoFn<KV<String, Iterable<Candidate>>, ProblemChances> {
    private final long seed;

    ChancesFn(long seed) {
      this.seed = seed;
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<Candidate>> problem, OutputReceiver<ProblemChances> out) {
      List<Candidate> candidates = new ArrayList<>();
      problem.getValue().forEach(candidates::add);
      out.output(ProblemChances.of(candidates, seed));
    }
  }

  private static final class FinishFn extends DoFn<String, Void> {
    private final RerankParameters parameters;
    private final String tool;
    private final String runId;
    private final PCollectionView<Iterable<ChunkOutcome>> outcomes;
    private final PCollectionView<Iterable<ProblemChances>> problems;
    private final PCollectionView<Iterable<WrittenFile>> written;

    FinishFn(
        RerankCandidates rerank,
        PCollectionView<Iterable<ChunkOutcome>> outcomes,
        PCollectionView<Iterable<ProblemChances>> problems,
        PCollectionView<Iterable<WrittenFile>> written) {
      this.parameters = rerank.parameters;
      this.tool = rerank.tool;
      this.runId = rerank.runId;
      this.outcomes = outcomes;
      this.problems = problems;
      this.written = written;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      BeamStorage storage = new BeamStorage();
      List<ProblemChances> chances = new ArrayList<>();
      context.sideInput(problems).forEach(chances::add);
      List<WrittenFile> files = new ArrayList<>();
      context.sideInput(written).forEach(files::add);
      new RerankFinisher(storage, parameters, tool, runId)
          .finish(
              EvaluationPlan.files(storage, parameters),
              ShardResults.inOrder(context.sideInput(outcomes)),
              chances,
              files,
              context.getPipelineOptions().getRunner().getSimpleName());
    }
  }
}
