package io.bisift.trainer.feed;

import io.bisift.core.UserException;
import io.bisift.trainer.feed.Course.Batch;
import io.bisift.trainer.feed.SampleLoader.Loaded;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final Course course;
  private final BatchLimit limit;
  private final RejectedLog rejected;
  private final Records records;
  private final Ahead<Place, Loaded> loaded;
  private long update;

  /**
   * @param course closed with the feed
   * @param from the first update to give, counted from 0
   * @param to the update behind the last one
   * @param threads that load
   * @param ahead records loaded before they are asked for, at most
   */
  public Feed(
      Course course,
      BatchLimit limit,
      RejectedLog rejected,
      long from,
      long to,
      int threads,
      int ahead) {
    this.course = course;
    this.limit = limit;
    this.rejected = rejected;
    this.update = from;
    this.records = new Records(from, to);
    this.loaded =
        new Ahead<>(records, place -> () -> place.loader.load(place.record), threads, ahead);
  }

  /**
   * The next update's micro-batches; they must be used up before the update after it is asked for.
   *
   * @throws UserException from within, if none of its records can be used, or too many were not
   */
  public Iterator<List<Sample>> next() {
    course.reached(update);
    return limit.cut(new Usable(update++, records.take()), sample -> sample.encoded().length());
  }

  @Override
  public void close() {
    loaded.close();
    course.close();
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

  /** A record of a set. */
  private record Place(SampleLoader loader, int record) {}

  /** The records of all updates, in order. */
  private final class Records implements Iterator<Place> {
    private final long to;
    private final Deque<Integer> sizes = new ArrayDeque<>(); // of updates that are not given yet
    private long update;
    private @Nullable Batch batch; // of the update, if any of its records were given
    private int at;

    Records(long from, long to) {
      this.update = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      return update < to;
    }

    @Override
    public Place next() {
      Batch now = batch();
      Place place = new Place(now.loader(), now.record(at));
      if (++at == now.size()) {
        at = 0;
        batch = null;
        update++;
      }
      return place;
    }

    private Batch batch() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (batch == null) {
        batch = course.batch(update);
        sizes.add(batch.size());
      }
      return batch;
    }

    /** How many records the next update has; they may be on their way. */
    int take() {
      if (sizes.isEmpty()) {
        batch();
      }
      return sizes.remove();
    }
  }
}
