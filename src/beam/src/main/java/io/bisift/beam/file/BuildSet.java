package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.ShardPlanner;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.plan.SourceTotals;
import io.bisift.formats.output.InputCheck;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.ManifestBuilder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** One set out of the scans: finds the cuts, plans, writes, and commits by the manifest. */
final class BuildSet extends PTransform<PCollection<KV<Integer, ScannedRange>>, PDone> {
  private final RunGroup group;
  private final int run;
  private final String tool;
  private final String runId;
  private final @Nullable String report;
  private final PCollectionView<List<SourceFile>> sources;
  private final PCollectionView<Map<Integer, SourceTotals>> totals;

  /**
   * @param run which of the group's
   * @param report of a dry run; null: the set is written
   */
  BuildSet(
      RunGroup group,
      int run,
      String tool,
      String runId,
      @Nullable String report,
      PCollectionView<List<SourceFile>> sources,
      PCollectionView<Map<Integer, SourceTotals>> totals) {
    this.group = group;
    this.run = run;
    this.tool = tool;
    this.runId = runId;
    this.report = report;
    this.sources = sources;
    this.totals = totals;
  }

  @Override
  public PDone expand(PCollection<KV<Integer, ScannedRange>> scans) {
    RunParameters parameters = group.runs().get(run);
    Cuts cuts = Cuts.find(group, run, scans);
    PCollectionView<Iterable<RangeOutcome>> outcomes =
        scans
            .apply("SettleRanges", new SettleRanges(group, run, cuts, sources))
            .apply("Outcomes", View.asIterable());

    TupleTag<ShardTask> tasks = new TupleTag<>() {};
    TupleTag<Manifest> plan = new TupleTag<>() {};
    List<PCollectionView<?>> planInputs = new ArrayList<>(cuts.sideInputs());
    planInputs.addAll(List.of(sources, totals, outcomes));
    PCollectionTuple planned =
        scans
            .getPipeline()
            .apply("Plan", Create.of(0))
            .apply(
                "PlanShards",
                ParDo.of(new PlanFn(parameters, tool, cuts, sources, totals, outcomes, plan))
                    .withSideInputs(planInputs)
                    .withOutputTags(tasks, TupleTagList.of(plan)));
    PCollection<ShardTask> shardTasks = planned.get(tasks).setCoder(FileCoders.TASK);
    PCollection<Manifest> manifest = planned.get(plan).setCoder(FileCoders.MANIFEST);
    if (report != null) {
      String path = BuildDataset.reportOf(report, run);
      manifest.apply("WriteReport", ParDo.of(new ReportFn(path)));
      return PDone.in(scans.getPipeline());
    }
    PCollectionView<Iterable<WrittenShard>> written =
        shardTasks
            .apply("WriteShards", new WriteShards(group, run, runId, cuts, sources))
            .apply("WrittenShards", View.asIterable());
    manifest.apply(
        "WriteManifest",
        ParDo.of(new FinishFn(parameters, runId, written)).withSideInputs(written));
    return PDone.in(scans.getPipeline());
  }

  private static final class PlanFn extends DoFn<Integer, ShardTask> {
    private final RunParameters parameters;
    private final String tool;
    private final Cuts cuts;
    private final PCollectionView<List<SourceFile>> sources;
    private final PCollectionView<Map<Integer, SourceTotals>> totals;
    private final PCollectionView<Iterable<RangeOutcome>> outcomes;
    private final TupleTag<Manifest> plan;

    PlanFn(
        RunParameters parameters,
        String tool,
        Cuts cuts,
        PCollectionView<List<SourceFile>> sources,
        PCollectionView<Map<Integer, SourceTotals>> totals,
        PCollectionView<Iterable<RangeOutcome>> outcomes,
        TupleTag<Manifest> plan) {
      this.parameters = parameters;
      this.tool = tool;
      this.cuts = cuts;
      this.sources = sources;
      this.totals = totals;
      this.outcomes = outcomes;
      this.plan = plan;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      List<SourceFile> files = context.sideInput(sources);
      List<RangeOutcome> sorted = new ArrayList<>();
      context.sideInput(outcomes).forEach(sorted::add);
      sorted.sort(Comparator.comparing(outcome -> outcome.quota().tally().range()));
      Map<Integer, SourceTotals> bySource = context.sideInput(totals);
      Manifest manifest =
          ManifestBuilder.plan(
              parameters, tool, files, sorted, bySource::get, source -> cuts.of(source, context));
      InputCheck.requireSums(new BeamStorage(context.getPipelineOptions()), files, manifest);
      ShardPlanner planner = new ShardPlanner(sorted, source -> files.get(source).readWhole());
      planner.data(manifest.parameters().shards()).forEach(context::output);
      planner.rejected().forEach(context::output);
      context.output(plan, manifest);
    }
  }

  private static final class ReportFn extends DoFn<Manifest, Void> {
    private final String report;

    ReportFn(String report) {
      this.report = report;
    }

    @ProcessElement
    public void processElement(@Element Manifest manifest) throws IOException {
      try (OutputStream out = Channels.newOutputStream(new BeamStorage().create(report))) {
        out.write(Json.pretty(manifest).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static final class FinishFn extends DoFn<Manifest, Void> {
    private final RunParameters parameters;
    private final String runId;
    private final PCollectionView<Iterable<WrittenShard>> written;

    FinishFn(
        RunParameters parameters, String runId, PCollectionView<Iterable<WrittenShard>> written) {
      this.parameters = parameters;
      this.runId = runId;
      this.written = written;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      List<WrittenShard> shards = new ArrayList<>();
      context.sideInput(written).forEach(shards::add);
      Manifest manifest = ManifestBuilder.complete(context.element(), shards);
      PipelineOptions options = context.getPipelineOptions();
      new SetFinisher(new BeamStorage(options), parameters, runId)
          .finish(manifest, runner(options));
    }

    private static String runner(PipelineOptions options) {
      return options.getRunner().getSimpleName();
    }
  }
}
