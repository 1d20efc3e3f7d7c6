package io.bisift.trainer.feed;

import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.VersionRecord.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A growing set: where there is a look for a newer version and one is taken up, a new epoch over it
 * begins. Where there is none, the epoch goes on. Versions are opened when the first of their
 * records is asked for, and closed when all are loaded.
 */
public final class GrowingCourse implements Course {
  private final VersionChoice versions;
  private final Function<TrainingSet, SampleLoader> loaders;
  private final EpochOrder order;
  private final Follow follow;
  private final long from;
  private final Deque<Open> open = new ArrayDeque<>();

  private @Nullable Line line; // of the last look; null: none yet
  private long nextLook;
  private int looks;
  private int epoch = -1;
  private long epochBegan;
  private long epochEnd;
  private List<int[]> updates = List.of();
  private int updatesOf = -1; // the epoch

  /** A version that is open, with the update that it was taken up at. */
  private record Open(long version, long since, SampleLoader loader) {}

  /**
   * @param loaders tells how records of a version are loaded; called for each that is opened
   * @param from updates that the run has made
   */
  public GrowingCourse(
      VersionChoice versions,
      Function<TrainingSet, SampleLoader> loaders,
      EpochOrder order,
      Follow follow,
      long from) {
    this.versions = versions;
    this.loaders = loaders;
    this.order = order;
    this.follow = follow;
    this.from = from;
  }

  @Override
  public Batch batch(long update) {
    go(update);
    Line now = Objects.requireNonNull(line);
    if (open.isEmpty() || open.getLast().version != now.version()) {
      add(now.version(), update, versions.open(now));
    }
    SampleLoader loader = open.getLast().loader;
    if (updatesOf != epoch) {
      updates = order.epoch(epoch, now.records(), loader.set()::bytes);
      updatesOf = epoch;
    }
    return new Batch(loader, updates.get((int) (update - epochBegan)));
  }

  /** Goes from look to look and from epoch to epoch up to an update. */
  private void go(long update) {
    while (Math.min(nextLook, epochEnd) <= update) {
      long at = Math.min(nextLook, epochEnd);
      boolean newer = at == nextLook && look(at);
      if (newer || at == epochEnd) {
        epoch++;
        epochBegan = at;
        epochEnd = at + order.updates(Objects.requireNonNull(line).records());
      }
      if (at == nextLook) {
        nextLook = follow.next(at, epochEnd);
      }
    }
  }

  /** Whether a version is taken up. */
  private boolean look(long update) {
    Line before = line;
    VersionChoice.Taken taken = versions.look(looks++, update, update < from);
    line = taken.line();
    if (taken.opened() != null) {
      add(line.version(), update, taken.opened());
    }
    return before == null || before.version() != line.version();
  }

  private void add(long version, long since, TrainingSet set) {
    open.add(new Open(version, since, loaders.apply(set)));
  }

  @Override
  public void reached(long update) {
    while (open.size() > 1) {
      Open first = open.remove();
      if (Objects.requireNonNull(open.peek()).since > update) {
        open.addFirst(first);
        return;
      }
      first.loader.set().close();
    }
  }

  @Override
  public void close() {
    open.forEach(version -> version.loader.set().close());
    open.clear();
  }
}
