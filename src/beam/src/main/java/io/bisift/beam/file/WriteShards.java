package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.plan.ShardTask;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.ShardTaskWriter;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/** Writes planned shards and the indexes beside them. */
final class WriteShards extends PTransform<PCollection<ShardTask>, PCollection<WrittenShard>> {
  private final RunGroup group;
  private final int run;
  private final String runId;
  private final Cuts cuts;
  private final PCollectionView<List<SourceFile>> sources;

  WriteShards(
      RunGroup group, int run, String runId, Cuts cuts, PCollectionView<List<SourceFile>> sources) {
    this.group = group;
    this.run = run;
    this.runId = runId;
    this.cuts = cuts;
    this.sources = sources;
  }

  @Override
  public PCollection<WrittenShard> expand(PCollection<ShardTask> tasks) {
    List<PCollectionView<?>> sideInputs = new ArrayList<>(cuts.sideInputs());
    sideInputs.add(sources);
    return tasks
        .apply("SpreadTasks", Reshuffle.viaRandomKey())
        .apply(
            "Write",
            ParDo.of(new WriteFn(group, run, runId, cuts, sources)).withSideInputs(sideInputs))
        .setCoder(FileCoders.WRITTEN);
  }

  private static final class WriteFn extends DoFn<ShardTask, WrittenShard> {
    private final Counter bytes = RunMetrics.counter(RunMetrics.BYTES_REPLAYED);
    private final Counter records = RunMetrics.counter(RunMetrics.RECORDS_WRITTEN);
    private final Counter rejected = RunMetrics.counter(RunMetrics.RECORDS_REJECTED);
    private final RunGroup group;
    private final int run;
    private final String runId;
    private final Cuts cuts;
    private final PCollectionView<List<SourceFile>> sources;

    WriteFn(
        RunGroup group,
        int run,
        String runId,
        Cuts cuts,
        PCollectionView<List<SourceFile>> sources) {
      this.group = group;
      this.run = run;
      this.runId = runId;
      this.cuts = cuts;
      this.sources = sources;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      RunParameters parameters = group.runs().get(run);
      BeamStorage storage = new BeamStorage(context.getPipelineOptions());
      OutputFolder folder = new OutputFolder(storage, parameters.output());
      folder.requireOwner(runId);
      try (ShardTaskWriter writer =
          new ShardTaskWriter(
              folder.ownedBy(runId),
              new OutputLayout(parameters.output()),
              parameters.compression(),
              context.element(),
              parameters.imageRoot() != null,
              shard -> {
                (shard.kind() == ShardTask.Kind.DATA ? records : rejected)
                    .inc(shard.file().records());
                context.output(shard);
              })) {
        writer.write(
            index -> context.sideInput(sources).get(index),
            parameters.alpha(),
            index -> cuts.of(index, context),
            group.replay(group.images(storage)),
            bytes::inc);
      }
    }
  }
}
