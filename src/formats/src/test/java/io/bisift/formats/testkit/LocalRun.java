package io.bisift.formats.testkit;

import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.plan.RangeScan;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.plan.ShardPlanner;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.plan.SourceTotals;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.ManifestBuilder;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.scan.KeptCount;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.ShardTaskWriter;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A run without Beam: the steps of the file pipeline, one after the other. */
public final class LocalRun {
  public static final String TOOL = "bisift test";

  private final Storage storage;
  private final RunParameters parameters;
  private final List<SourceFile> sources;

  private LocalRun(Storage storage, RunParameters parameters, List<SourceFile> sources) {
    this.storage = storage;
    this.parameters = parameters;
    this.sources = sources;
  }

  /** What the first pass over all sources settles. */
  public record Plan(
      List<SourceFile> sources, List<Cut> cuts, List<RangeOutcome> outcomes, Manifest manifest) {

    /** Who writes what. */
    public List<ShardTask> tasks() {
      ShardPlanner planner = new ShardPlanner(outcomes, source -> sources.get(source).readWhole());
      List<ShardTask> tasks = new ArrayList<>(planner.data(manifest.parameters().shards()));
      tasks.addAll(planner.rejected(manifest.totals().rejected() > 0 ? 1 : 0));
      return tasks;
    }
  }

  /** Makes a set from beginning to end. */
  public static Manifest run(Storage storage, Parameters told) throws IOException {
    RunParameters parameters = told.build();
    String id = UUID.randomUUID().toString();
    new OutputFolder(storage, parameters.output()).claim(parameters, TOOL, id);
    Plan plan = plan(storage, parameters);
    List<WrittenShard> written = write(storage, parameters, plan);
    Manifest manifest = ManifestBuilder.complete(plan.manifest(), written);
    new SetFinisher(storage, parameters, id).finish(manifest, "none");
    return manifest;
  }

  /** The first pass, and the cut. */
  public static Plan plan(Storage storage, RunParameters parameters) throws IOException {
    List<SourceFile> sources = new SourceFinder(storage).find(parameters.annotations());
    return new LocalRun(storage, parameters, sources).plan();
  }

  /** The second pass. */
  public static List<WrittenShard> write(Storage storage, RunParameters parameters, Plan plan)
      throws IOException {
    List<WrittenShard> written = new ArrayList<>();
    OutputLayout layout = new OutputLayout(parameters.output());
    for (ShardTask task : plan.tasks()) {
      try (ShardTaskWriter writer =
          new ShardTaskWriter(
              storage,
              layout,
              parameters.compression(),
              task,
              parameters.imageRoot() != null,
              written::add)) {
        writer.write(
            plan.sources()::get, plan.cuts()::get, parameters.replay(storage), bytes -> {});
      }
    }
    return written;
  }

  private Plan plan() throws IOException {
    List<RangeTally> tallies = new ArrayList<>();
    List<SourceTotals> totals = new ArrayList<>();
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      List<RangeScan> scans = new ArrayList<>();
      SourceTotals sum = new SourceTotals();
      for (RangeId range : SourceReader.split(sources.get(i), i, parameters.chunkSize())) {
        try (SourceReader reader = open(range)) {
          RangeScan scan = parameters.scanner().scan(reader, range);
          scans.add(scan);
          sum.add(scan);
        }
      }
      Cut cut = cut(scans);
      for (RangeScan scan : scans) {
        tallies.add(tally(scan, cut));
      }
      totals.add(sum);
      cuts.add(cut);
    }
    List<RangeOutcome> outcomes = new ArrayList<>();
    for (RangeQuota quota : RangeQuota.deal(tallies, cuts::get)) {
      int source = quota.tally().range().source();
      outcomes.add(
          KeptCount.settle(
              storage, sources.get(source), quota, cuts.get(source), parameters.replay(storage)));
    }
    Manifest manifest =
        ManifestBuilder.plan(parameters, TOOL, sources, outcomes, totals::get, cuts::get);
    return new Plan(sources, cuts, outcomes, manifest);
  }

  private SourceReader open(RangeId range) {
    return SourceReader.open(storage, sources.get(range.source()), range, bytes -> {});
  }

  private Cut cut(List<RangeScan> scans) throws IOException {
    RankHistogram keys = new RankHistogram();
    scans.forEach(scan -> keys.addAll(scan.histogram()));
    if (parameters.command() == Command.CONVERT || keys.total() == 0) {
      return Cut.KEEP_ALL;
    }
    long keep = parameters.topFraction().of(keys.total());
    CutSearch search = CutSearch.forBest(keep, keys.total()).narrow(keys);
    while (!search.isOver()) {
      RankHistogram undecided = new RankHistogram();
      for (RangeScan scan : scans) {
        if (scan.histogram().isExact()) {
          search.addUndecided(scan.histogram(), undecided);
        } else {
          try (SourceReader reader = open(scan.range())) {
            undecided.addAll(parameters.scanner().undecided(reader, search));
          }
        }
      }
      search = search.narrow(undecided);
    }
    return search.cut();
  }

  private RangeTally tally(RangeScan scan, Cut cut) throws IOException {
    if (cut.equals(Cut.KEEP_ALL)) {
      return RangeTally.of(scan, scan.ranked(), 0);
    }
    if (scan.histogram().isExact()) {
      return RangeTally.of(scan, cut.countAbove(scan.histogram()), cut.countTied(scan.histogram()));
    }
    try (SourceReader reader = open(scan.range())) {
      return parameters.scanner().tally(reader, scan, cut);
    }
  }
}
