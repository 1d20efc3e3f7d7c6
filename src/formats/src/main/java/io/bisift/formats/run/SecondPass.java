package io.bisift.formats.run;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.SetWriter;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ranges again and writes the sets. Threads turn ranges into bytes, some ahead of the one
 * that is being written; the calling thread writes them in order. So one shard keeps all cores busy
 * as well as many do.
 */
final class SecondPass {
  private final Storage storage;
  private final RunGroup group;
  private final FirstPass first;
  private final List<SeenRange> ranges;
  private final List<SetPlan> plans;
  private final String id;
  private final RunProgress progress;
  private final ImageCheck images;
  private final List<RangeRenderer.Start> starts;

  /**
   * @param id of the run, which owns the folders
   */
  SecondPass(
      Storage storage,
      RunGroup group,
      FirstPass first,
      List<SetPlan> plans,
      String id,
      RunProgress progress) {
    this.storage = storage;
    this.id = id;
    this.group = group;
    this.first = first;
    this.ranges = first.ranges();
    this.plans = plans;
    this.progress = progress;
    this.images = group.images(storage);
    this.starts = new ArrayList<>(Collections.nCopies(plans.size(), new RangeRenderer.Start(0, 0)));
  }

  /** Writes all shards of all sets; by set, what was written. */
  List<List<WrittenShard>> run(Workers workers) throws IOException {
    List<SetWriter> writers = plans.stream().map(this::writer).toList();
    try {
      int ahead = workers.threads() + 1;
      Deque<Handover> handovers = new ArrayDeque<>();
      for (int next = 0; next < ranges.size() || !handovers.isEmpty(); ) {
        if (next < ranges.size() && handovers.size() < ahead) {
          start(next++, handovers, workers);
        } else {
          write(handovers.remove(), writers);
        }
      }
      List<List<WrittenShard>> written = new ArrayList<>();
      for (SetWriter writer : writers) {
        written.add(writer.finish());
      }
      return written;
    } catch (IOException | RuntimeException e) {
      workers.cancel(); // nobody takes what they make
      throw e;
    } finally {
      for (SetWriter writer : writers) {
        writer.close();
      }
    }
  }

  private SetWriter writer(SetPlan plan) {
    return new SetWriter(
        new OutputFolder(storage, plan.parameters().output()).ownedBy(id),
        new OutputLayout(plan.parameters().output()),
        plan.parameters().compression(),
        plan.shards(ShardTask.Kind.DATA).shards(),
        plan.shards(ShardTask.Kind.REJECTED).shards());
  }

  /** Has a range rendered, if it gives anything to any set. */
  private void start(int range, Deque<Handover> handovers, Workers workers) {
    Handover handover = new Handover();
    List<RangeRenderer> renderers = new ArrayList<>();
    List<RangeReplay.Share> shares = new ArrayList<>();
    for (int set = 0; set < plans.size(); set++) {
      SetPlan plan = plans.get(set);
      RangeOutcome outcome = plan.outcomes().get(range);
      RangeRenderer.Start start = starts.get(set);
      starts.set(set, start.behind(outcome));
      if (outcome.written() + outcome.rejected() > 0) {
        RangeRenderer renderer = new RangeRenderer(set, plan, outcome, start, handover::put);
        renderers.add(renderer);
        int source = outcome.quota().tally().range().source();
        shares.add(
            new RangeReplay.Share(
                plan.parameters().alpha(), outcome.quota(), plan.cuts().get(source), renderer));
      }
    }
    if (!shares.isEmpty()) {
      handovers.add(handover);
      workers.start(() -> render(ranges.get(range), shares, renderers, handover::end));
    }
  }

  private void render(
      SeenRange range,
      List<RangeReplay.Share> shares,
      List<RangeRenderer> renderers,
      Consumer<@Nullable Throwable> end) {
    try {
      RangeId id = range.scanned().range();
      SourceFile source = first.sources().get(id.source());
      try (SourceReader reader = SourceReader.open(storage, source, id, progress::replayed)) {
        group.replay(images).replay(source, reader, shares, range.table());
      }
      for (RangeRenderer renderer : renderers) {
        if (!renderer.finish()) {
          throw UserException.failure(
              "the pictures that "
                  + source.path()
                  + " names changed while they were looked for; run again when nobody writes to"
                  + " them");
        }
      }
      end.accept(null);
    } catch (Throwable e) { // of any kind: the writing thread throws it again
      end.accept(e);
    }
  }

  private void write(Handover handover, List<SetWriter> writers) throws IOException {
    for (Piece piece = handover.take(); piece != null; piece = handover.take()) {
      writers.get(piece.set()).append(piece.kind(), piece.shard(), piece.block());
      progress.written(piece.kind() == ShardTask.Kind.DATA ? piece.block().records() : 0);
    }
  }
}
