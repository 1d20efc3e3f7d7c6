package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ChunkWork;
import io.bisift.formats.evaluate.EvaluationFinisher;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.formats.evaluate.EvaluationPlan;
import io.bisift.formats.evaluate.ItemChunk;
import io.bisift.formats.shard.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;

/**
 * A whole evaluation: benchmark items or ready scores in; scores, metrics and a report out.
 *
 * <pre>
 *   files → chunks → score ─┬→ outcomes → plan → write shards ─┐
 *                           ├→ add up scores ──────────────────┼→ metrics, report
 *                           └→ worst mistakes ─────────────────┘
 * </pre>
 *
 * <p>Its output is the same bytes whatever the runner and its parallelism. Chunks that an
 * unfinished run in the same folder has scored are not scored again. Bounded input; any runner.
 */
public final class EvaluateItems extends PTransform<PBegin, PDone> {
  /** Of the counters. */
  public static final String NAMESPACE = "bisift";

  /** Counts items that have scores or were rejected. */
  public static final String ITEMS_DONE = "items_done";

  /** Counts those of them that an earlier run did. */
  public static final String ITEMS_DONE_BEFORE = "items_done_before";

  private final EvaluationParameters parameters;
  private final String tool;
  private final String runId;

  private EvaluateItems(EvaluationParameters parameters, String tool, String runId) {
    this.parameters = parameters;
    this.tool = tool;
    this.runId = runId;
  }

  /**
   * An evaluation.
   *
   * @param tool name and version of what evaluates
   * @param runId tells this run from others that want the same folder
   */
  public static EvaluateItems of(EvaluationParameters parameters, String tool, String runId) {
    return new EvaluateItems(parameters, tool, runId);
  }

  @Override
  public PDone expand(PBegin begin) {
    PCollectionTuple scored =
        begin
            .apply("Start", Create.of(runId))
            .apply("ClaimAndCut", ParDo.of(new BeginFn(parameters, tool)))
            .setCoder(EvaluationCoders.CHUNK)
            .apply("ScoreChunks", new ScoreChunks(parameters, runId));
    PCollectionView<ScoreTable> scores =
        scored
            .get(ScoreChunks.SCORES)
            .apply("AddUpScores", Combine.globally(new AddUpScores()).asSingletonView());
    PCollectionView<Mistakes> mistakes =
        scored
            .get(ScoreChunks.MISTAKES)
            .apply("WorstMistakes", Combine.globally(new WorstMistakes()).asSingletonView());
    PCollectionView<ScoreTable> calibration =
        begin
            .apply("StartCalibration", Create.of(runId))
            .apply("CutCalibration", ParDo.of(new CutCalibrationFn(parameters)))
            .setCoder(EvaluationCoders.CHUNK)
            .apply("SpreadCalibration", Reshuffle.viaRandomKey())
            .apply("ReadCalibration", ParDo.of(new ReadCalibrationFn()))
            .setCoder(EvaluationCoders.SCORES)
            .apply("AddUpCalibration", Combine.globally(new AddUpScores()).asSingletonView());
    PCollectionView<Iterable<ChunkOutcome>> outcomes =
        scored.get(ScoreChunks.OUTCOMES).apply("Outcomes", View.asIterable());
    PCollectionView<Iterable<WrittenFile>> written =
        begin
            .apply(
                "ShardResults",
                new ShardResults(parameters.output(), parameters.shards(), runId, outcomes))
            .apply("Written", View.asIterable());
    begin
        .apply("Finish", Create.of(runId))
        .apply(
            "WriteMetrics",
            ParDo.of(new FinishFn(this, scores, calibration, mistakes, outcomes, written))
                .withSideInputs(scores, calibration, mistakes, outcomes, written));
    return PDone.in(begin.getPipeline());
  }

  private static final class CutCalibrationFn extends DoFn<String, ItemChunk> {
    private final EvaluationParameters parameters;

    CutCalibrationFn(EvaluationParameters parameters) {
      this.parameters = parameters;
    }

    @ProcessElement
    public void processElement(OutputReceiver<ItemChunk> out) throws IOException {
      EvaluationPlan.cutCalibration(new BeamStorage(), parameters, out::output);
    }
  }

  private static final class ReadCalibrationFn extends DoFn<ItemChunk, ScoreTable> {
    @ProcessElement
    public void processElement(@Element ItemChunk chunk, OutputReceiver<ScoreTable> out)
        throws IOException {
      out.output(ChunkWork.calibration(new BeamStorage(), chunk));
    }
  }

  private static final class FinishFn extends DoFn<String, Void> {
    private final EvaluationParameters parameters;
    private final String tool;
    private final String runId;
    private final PCollectionView<ScoreTable> scores;
    private final PCollectionView<ScoreTable> calibration;
    private final PCollectionView<Mistakes> mistakes;
    private final PCollectionView<Iterable<ChunkOutcome>> outcomes;
    private final PCollectionView<Iterable<WrittenFile>> written;

    FinishFn(
        EvaluateItems evaluation,
        PCollectionView<ScoreTable> scores,
        PCollectionView<ScoreTable> calibration,
        PCollectionView<Mistakes> mistakes,
        PCollectionView<Iterable<ChunkOutcome>> outcomes,
        PCollectionView<Iterable<WrittenFile>> written) {
      this.parameters = evaluation.parameters;
      this.tool = evaluation.tool;
      this.runId = evaluation.runId;
      this.scores = scores;
      this.calibration = calibration;
      this.mistakes = mistakes;
      this.outcomes = outcomes;
      this.written = written;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      BeamStorage storage = new BeamStorage();
      List<WrittenFile> files = new ArrayList<>();
      context.sideInput(written).forEach(files::add);
      new EvaluationFinisher(storage, parameters, tool, runId)
          .finish(
              EvaluationPlan.files(storage, parameters),
              ShardResults.inOrder(context.sideInput(outcomes)),
              context.sideInput(scores),
              parameters.calibration().isEmpty() ? null : context.sideInput(calibration),
              context.sideInput(mistakes),
              files,
              context.getPipelineOptions().getRunner().getSimpleName());
    }
  }
}
