package io.bisift.formats.testkit;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.ShardPlanner;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.select.Cut;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.run.LocalRun;
import io.bisift.formats.run.SetPlan;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.ShardTaskWriter;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs without Beam, whole or in steps. */
public final class TestRun {
  public static final String TOOL = "bisift test";
  private static final int THREADS = 3;

  private TestRun() {}

  /** What the first pass over all sources settles. */
  public record Plan(
      List<SourceFile> sources, List<Cut> cuts, List<RangeOutcome> outcomes, Manifest manifest) {

    /** Who writes what, where each writer has shards of its own. */
    public List<ShardTask> tasks() {
      ShardPlanner planner = new ShardPlanner(outcomes, source -> sources.get(source).readWhole());
      List<ShardTask> tasks = new ArrayList<>(planner.data(manifest.parameters().shards()));
      tasks.addAll(planner.rejected());
      return tasks;
    }
  }

  /** Makes a set from beginning to end. */
  public static Manifest run(Storage storage, Parameters told) throws IOException {
    return run(storage, RunGroup.of(told.build()), THREADS).get(0);
  }

  /** Makes several sets at once. */
  public static List<Manifest> run(Storage storage, RunGroup group, int threads)
      throws IOException {
    List<SourceFile> sources = new SourceFinder(storage).find(group.annotations());
    try (LocalRun run = new LocalRun(storage, group, sources, TOOL, threads)) {
      return run.write(UUID.randomUUID().toString());
    }
  }

  /** The first pass, and the cut. */
  public static Plan plan(Storage storage, RunParameters parameters) throws IOException {
    List<SourceFile> sources = new SourceFinder(storage).find(parameters.annotations());
    try (LocalRun run = new LocalRun(storage, RunGroup.of(parameters), sources, TOOL, THREADS)) {
      SetPlan plan = run.plan().get(0);
      return new Plan(sources, plan.cuts(), plan.outcomes(), plan.manifest());
    }
  }

  /** The second pass, one writer for each task, as Beam has it. */
  public static List<WrittenShard> write(Storage storage, RunParameters parameters, Plan plan)
      throws IOException {
    List<WrittenShard> written = new ArrayList<>();
    OutputLayout layout = new OutputLayout(parameters.output());
    RunGroup group = RunGroup.of(parameters);
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
            plan.sources()::get,
            parameters.alpha(),
            plan.cuts()::get,
            group.replay(group.images(storage)),
            bytes -> {});
      }
    }
    return written;
  }
}
