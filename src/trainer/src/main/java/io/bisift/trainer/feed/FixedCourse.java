package io.bisift.trainer.feed;

import java.util.List;

/** A set that stays as it is, again and again. It is not closed with the course. */
public final class FixedCourse implements Course {
  private final SampleLoader loader;
  private final EpochOrder order;
  private final int inEpoch;
  private int epoch = -1;
  private List<int[]> updates = List.of();

  public FixedCourse(SampleLoader loader, EpochOrder order) {
    this.loader = loader;
    this.order = order;
    this.inEpoch = order.updates(loader.set().size());
  }

  @Override
  public Batch batch(long update) {
    int wanted = (int) (update / inEpoch);
    if (wanted != epoch) {
      epoch = wanted;
      updates = order.epoch(epoch, loader.set().size(), loader.set()::bytes);
    }
    return new Batch(loader, updates.get((int) (update % inEpoch)));
  }

  @Override
  public void reached(long update) {}

  @Override
  public void close() {}
}
