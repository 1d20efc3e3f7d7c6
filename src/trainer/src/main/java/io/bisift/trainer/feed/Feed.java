package io.bisift.trainer.feed;

import io.bisift.core.UserException;
import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.SampleLoader.Loaded;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a run, one after the other, from any of them on. Records are loaded ahead across
 * the borders of updates. Used by one thread.
 */
public final class Feed implements AutoCloseable {
  private final SampleLoader loader;
  private final EpochOrder order;
  private final BatchLimit limit;
  private final RejectedLog rejected;
  private final Ahead<Integer, Loaded> loaded;
  private long update;

  /**
   * @param from the first update to give, counted from 0
   * @param to the update behind the last one
   * @param threads that load
   * @param ahead records loaded before they are asked for, at most
   */
  public Feed(
      SampleLoader loader,
      EpochOrder order,
      BatchLimit limit,
      RejectedLog rejected,
      long from,
      long to,
      int threads,
      int ahead) {
    this.loader = loader;
    this.order = order;
    this.limit = limit;
    this.rejected = rejected;
    this.update = from;
    this.loaded =
        new Ahead<>(new Records(from, to), record -> () -> loader.load(record), threads, ahead);
  }

  /**
   * The next update's micro-batches; they must be used up before the update after it is asked for.
   *
   * @throws UserException from within, if none of its records can be used, or too many were not
   */
  public Iterator<List<Sample>> next() {
    TrainingSet set = loader.set();
    int inEpoch = order.updates(set.size());
    long at = update++;
    int size =
        (at + 1) % inEpoch == 0
            ? set.size() - (inEpoch - 1) * order.globalBatch()
            : order.globalBatch();
    return limit.cut(new Usable(at, size), sample -> sample.encoded().length());
  }

  @Override
  public void close() {
    loaded.close();
  }

  /** The usable ones among an update's records. */
  private final class Usable implements Iterator<Sample> {
    private final long update;
    private int left;
    private boolean any;
    private @Nullable Sample next;
    private Loaded.@Nullable Rejected last;

    Usable(long update, int size) {
      this.update = update;
      this.left = size;
    }

    @Override
    public boolean hasNext() {
      while (next == null && left > 0) {
        left--;
        Loaded record = loaded.next();
        if (record instanceof Loaded.Usable usable) {
          next = usable.sample();
          any = true;
        } else if (record instanceof Loaded.Rejected bad) {
          last = bad;
          rejected.add(bad);
        }
      }
      if (!any && last != null) {
        throw UserException.failure(
            "no record of update "
                + (update + 1)
                + " can be used; the last is "
                + last.id()
                + ": "
                + last.reason());
      }
      return next != null;
    }

    @Override
    public Sample next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Sample sample = next;
      next = null;
      return Objects.requireNonNull(sample);
    }
  }

  /** The records of all updates, in order. */
  private final class Records implements Iterator<Integer> {
    private final int inEpoch = order.updates(loader.set().size());
    private final long to;
    private long update;
    private int at;
    private int epoch = -1;
    private List<int[]> updates = List.of();

    Records(long from, long to) {
      this.update = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      return update < to;
    }

    @Override
    public Integer next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int wanted = (int) (update / inEpoch);
      if (wanted != epoch) {
        epoch = wanted;
        updates = order.epoch(epoch, loader.set().size(), loader.set()::bytes);
      }
      int[] records = updates.get((int) (update % inEpoch));
      int record = records[at];
      if (++at == records.length) {
        at = 0;
        update++;
      }
      return record;
    }
  }
}
