package io.bisift.trainer.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Results of work that runs ahead on other threads: as many as {@code bound} are finished or in
 * work before they are asked for, and they come in the order of their inputs. Used by one thread.
 */
public final class Ahead<I, R> implements Iterator<R>, AutoCloseable {
  private final Iterator<I> inputs;
  private final Function<I, Callable<R>> work;
  private final int bound;
  private final ExecutorService threads;
  private final Deque<Future<R>> running = new ArrayDeque<>();

  /**
   * @param bound most results held or in work
   */
  public Ahead(Iterator<I> inputs, Function<I, Callable<R>> work, int threads, int bound) {
    if (threads < 1 || bound < 1) {
      throw new IllegalArgumentException(threads + " threads, " + bound + " ahead");
    }
    this.inputs = inputs;
    this.work = work;
    this.bound = bound;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "bisift-feed");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public boolean hasNext() {
    return !running.isEmpty() || inputs.hasNext();
  }

  /** Waits for the next result. What its work throws unchecked comes out here. */
  @Override
  public R next() {
    while (running.size() < bound && inputs.hasNext()) {
      running.add(threads.submit(work.apply(inputs.next())));
    }
    if (running.isEmpty()) {
      throw new NoSuchElementException();
    }
    try {
      return running.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
