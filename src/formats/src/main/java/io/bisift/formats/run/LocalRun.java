package io.bisift.formats.run;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.Cut;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.InputCheck;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.ManifestBuilder;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.scan.KeptCount;
import io.bisift.formats.scan.LineTable;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file pipeline on one machine without Beam: the same steps over the same core, and the same
 * bytes, with threads of its own. Memory does not grow with the input. For one use.
 */
public final class LocalRun implements AutoCloseable {
  /** What {@code run.json} calls it. */
  public static final String RUNNER = "local";

  private final Storage storage;
  private final RunGroup group;
  private final List<SourceFile> sources;
  private final String tool;
  private final FirstPass.Memory memory;
  private final Workers workers;
  private final RunProgress progress = new RunProgress();
  private volatile @Nullable Thread caller;

  /**
   * @param group sets that are made at once
   * @param sources of all of them, in order
   * @param tool name and version of what makes the sets, for the manifests
   * @param threads how many ranges are worked on at once
   */
  public LocalRun(
      Storage storage, RunGroup group, List<SourceFile> sources, String tool, int threads) {
    this(storage, group, sources, tool, threads, FirstPass.Memory.USUAL);
  }

  LocalRun(
      Storage storage,
      RunGroup group,
      List<SourceFile> sources,
      String tool,
      int threads,
      FirstPass.Memory memory) {
    this.storage = storage;
    this.group = group;
    this.sources = sources;
    this.tool = tool;
    this.memory = memory;
    this.workers = new Workers(threads);
  }

  public RunProgress progress() {
    return progress;
  }

  /** What the sets would be; writes nothing. */
  public List<SetPlan> plan() throws IOException {
    return plan(scan());
  }

  private FirstPass scan() throws IOException {
    caller = Thread.currentThread();
    FirstPass pass = new FirstPass(storage, group, sources, progress, memory);
    pass.run(workers);
    return pass;
  }

  private List<SetPlan> plan(FirstPass pass) throws IOException {
    List<SetPlan> plans = new ArrayList<>();
    for (int run = 0; run < group.runs().size(); run++) {
      plans.add(plan(pass, run));
    }
    InputCheck.requireSums(storage, sources, plans.get(0).manifest());
    return plans;
  }

  /**
   * Makes the sets.
   *
   * @param id tells this run from others that want the same folders
   */
  public List<Manifest> write(String id) throws IOException {
    for (RunParameters run : group.runs()) {
      new OutputFolder(storage, run.output()).claim(run, tool, id);
    }
    FirstPass pass = scan();
    List<SetPlan> plans = plan(pass);
    pass.ranges().forEach(SeenRange::forgetKeys);
    for (RunParameters run : group.runs()) {
      new OutputFolder(storage, run.output()).requireOwner(id);
    }
    List<List<WrittenShard>> written =
        new SecondPass(storage, group, pass, plans, id, progress).run(workers);
    List<Manifest> manifests = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      Manifest manifest = ManifestBuilder.complete(plans.get(i).manifest(), written.get(i));
      new SetFinisher(storage, plans.get(i).parameters(), id).finish(manifest, RUNNER);
      manifests.add(manifest);
    }
    return manifests;
  }

  private SetPlan plan(FirstPass pass, int index) throws IOException {
    RunParameters run = group.runs().get(index);
    List<Cut> cuts = Collections.nCopies(sources.size(), Cut.KEEP_ALL);
    List<RangeTally> tallies = pass.ranges().stream().map(SeenRange::scanned).toList();
    if (run.command() == Command.SELECT) {
      CutFinder finder = new CutFinder(pass, run.alpha(), group.alphaOf(index), workers);
      cuts = finder.cuts(run.topFraction());
      tallies = finder.tallies(cuts);
    }
    List<RangeOutcome> outcomes = settle(pass, run, RangeQuota.deal(tallies, cuts::get), cuts);
    Manifest manifest = ManifestBuilder.plan(run, tool, sources, outcomes, pass::totals, cuts::get);
    return new SetPlan(run, cuts, outcomes, manifest);
  }

  /** What becomes of each range; those with records that may be unfit are gone over. */
  private List<RangeOutcome> settle(
      FirstPass pass, RunParameters run, List<RangeQuota> quotas, List<Cut> cuts)
      throws IOException {
    List<SeenRange> ranges = pass.ranges();
    RangeOutcome[] outcomes = new RangeOutcome[quotas.size()];
    List<Integer> suspects = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = new RangeOutcome(quotas.get(i), 0);
      if (KeptCount.needsLook(quotas.get(i))) {
        suspects.add(i);
      }
    }
    ImageCheck images = group.images(storage);
    workers.forEach(
        suspects,
        i -> {
          RangeQuota quota = quotas.get(i);
          SourceFile source = sources.get(quota.tally().range().source());
          Cut cut = cuts.get(quota.tally().range().source());
          RangeReplay replay = group.replay(images);
          LineTable table = ranges.get(i).table();
          try (SourceReader reader = pass.open(ranges.get(i))) {
            outcomes[i] = KeptCount.settle(source, reader, run.alpha(), quota, cut, replay, table);
          }
        });
    return List.of(outcomes);
  }

  /** Stops the run as soon as may be; what it would have returned never comes. */
  public void cancel() {
    workers.cancel();
    Thread waiting = caller;
    if (waiting != null) {
      waiting.interrupt(); // what it waits for may never have begun
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
