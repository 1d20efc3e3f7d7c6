package io.bisift.formats.run;

import io.bisift.core.UserException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Threads that do a run's work. The first piece that fails stops the others. */
public final class Workers implements AutoCloseable {
  /** A piece of work. */
  public interface Work<T> {
    void run(T item) throws IOException;
  }

  /** Makes pieces of work, one by one. */
  public interface Maker<T> {
    void make(Consumer<T> out) throws IOException;
  }

  /** How many pieces a thread may have waiting for it. */
  private static final int AHEAD = 2;

  private final int threads;
  private final ExecutorService pool;
  private volatile boolean cancelled;

  public Workers(int threads) {
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "bisift-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  int threads() {
    return threads;
  }

  /** Does all items, in no order, and returns when they are done. */
  public <T> void forEach(List<T> items, Work<T> work) throws IOException {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    int crew = Math.min(threads, items.size());
    CountDownLatch done = new CountDownLatch(crew);
    for (int i = 0; i < crew; i++) {
      start(
          () -> {
            try {
              while (failure.get() == null && !cancelled) {
                int index = next.getAndIncrement();
                if (index >= items.size()) {
                  break;
                }
                work.run(items.get(index));
              }
            } catch (Throwable e) { // of any kind: the caller throws it again
              failure.compareAndSet(null, e);
            } finally {
              done.countDown();
            }
          });
    }
    await(done);
    rethrow(failure.get());
  }

  /**
   * Does what a maker makes in the meantime, in no order, and returns when all is done. The maker
   * waits where it is too far ahead, so that few items are held at once. After a failure some may
   * still be at work, until this is closed.
   */
  public <T> void forEachMade(Maker<T> maker, Work<T> work) throws IOException {
    Semaphore room = new Semaphore(AHEAD * threads);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try {
      maker.make(
          item -> {
            acquire(room, 1);
            if (failure.get() != null) {
              throw new CancellationException("another piece has failed");
            }
            start(
                () -> {
                  try {
                    if (failure.get() == null && !cancelled) {
                      work.run(item);
                    }
                  } catch (Throwable e) { // of any kind: the caller throws it again
                    failure.compareAndSet(null, e);
                  } finally {
                    room.release();
                  }
                });
          });
      acquire(room, AHEAD * threads);
    } catch (CancellationException e) {
      rethrow(failure.get());
      throw e;
    }
    rethrow(failure.get());
  }

  private void acquire(Semaphore room, int permits) {
    try {
      room.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    requireGoingOn();
  }

  private void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    requireGoingOn();
  }

  /** Starts a piece of work that tells by itself how it ends. */
  void start(Runnable work) {
    requireGoingOn();
    try {
      pool.execute(work);
    } catch (RejectedExecutionException e) {
      requireGoingOn(); // cancelled since it was asked
      throw e;
    }
  }

  /** Throws a failure of another thread in this one. */
  static void rethrow(@Nullable Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private void requireGoingOn() {
    if (cancelled) {
      throw new CancellationException("the run was cancelled");
    }
  }

  /** Stops all work as soon as may be; whoever waits for it gets an exception. */
  public void cancel() {
    cancelled = true;
    pool.shutdownNow();
  }

  @Override
  public void close() {
    pool.shutdownNow();
    try {
      if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        throw UserException.failure("a thread does not stop; is a file system hanging?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
