package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ResultShard;
import io.bisift.formats.shard.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/** Puts the lines of chunks together as files of scores and of rejected items. */
final class ShardResults extends PTransform<PBegin, PCollection<WrittenFile>> {
  private final String output;
  private final int shards;
  private final String runId;
  private final PCollectionView<Iterable<ChunkOutcome>> outcomes;

  ShardResults(
      String output, int shards, String runId, PCollectionView<Iterable<ChunkOutcome>> outcomes) {
    this.output = output;
    this.shards = shards;
    this.runId = runId;
    this.outcomes = outcomes;
  }

  @Override
  public PCollection<WrittenFile> expand(PBegin begin) {
    return begin
        .apply("Plan", Create.of(runId))
        .apply("PlanShards", ParDo.of(new PlanFn(shards, outcomes)).withSideInputs(outcomes))
        .setCoder(EvaluationCoders.SHARD)
        .apply("SpreadShards", Reshuffle.viaRandomKey())
        .apply("WriteShards", ParDo.of(new WriteFn(output, runId)))
        .setCoder(EvaluationCoders.WRITTEN);
  }

  /** Outcomes by chunk. */
  static List<ChunkOutcome> inOrder(Iterable<ChunkOutcome> outcomes) {
    List<ChunkOutcome> sorted = new ArrayList<>();
    outcomes.forEach(sorted::add);
    sorted.sort(Comparator.comparingInt(ChunkOutcome::number));
    return sorted;
  }

  private static final class PlanFn extends DoFn<String, ResultShard> {
    private final int shards;
    private final PCollectionView<Iterable<ChunkOutcome>> outcomes;

    PlanFn(int shards, PCollectionView<Iterable<ChunkOutcome>> outcomes) {
      this.shards = shards;
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      ResultShard.plan(inOrder(context.sideInput(outcomes)), shards).forEach(context::output);
    }
  }

  private static final class WriteFn extends DoFn<ResultShard, WrittenFile> {
    private final String output;
    private final String runId;

    WriteFn(String output, String runId) {
      this.output = output;
      this.runId = runId;
    }

    @ProcessElement
    public void processElement(@Element ResultShard shard, OutputReceiver<WrittenFile> out)
        throws IOException {
      out.output(shard.write(new BeamStorage(), output, runId));
    }
  }
}
