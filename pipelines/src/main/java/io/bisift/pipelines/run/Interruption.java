package io.bisift.pipelines.run;

import io.bisift.pipelines.commandline.Screen;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the process is told to stop (Ctrl-C, SIGTERM) during a run: the pipeline is
 * cancelled, unfinished files go, and the user is told what to do next.
 */
final class Interruption implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  /** Something that stops a run. */
  interface Cancel {
    void run() throws IOException;
  }

  private final Screen screen;
  private final Runnable cleanUp;
  private final String advice;
  private final Thread hook = new Thread(this::interrupt, "interruption");

  /** Either the run ends by itself or it is interrupted, whatever comes first. */
  private final AtomicBoolean over = new AtomicBoolean();

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean interrupted;
  private volatile @Nullable Cancel cancel;

  private Interruption(Screen screen, Runnable cleanUp, String advice) {
    this.screen = screen;
    this.cleanUp = cleanUp;
    this.advice = advice;
  }

  /**
   * Watches from now on until closed.
   *
   * @param cleanUp removes unfinished files
   * @param advice what the user reads
   */
  static Interruption watch(Screen screen, Runnable cleanUp, String advice) {
    Interruption interruption = new Interruption(screen, cleanUp, advice);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Says how the run is stopped, once there is one. */
  void cancelling(Cancel action) {
    cancel = action;
  }

  private void interrupt() {
    if (!over.compareAndSet(false, true)) {
      return; // the usual end of the process
    }
    interrupted = true;
    try {
      Cancel action = cancel;
      if (action != null) {
        action.run();
        ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (IOException | RuntimeException e) {
      screen.note("could not cancel the pipeline: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cleanUp.run();
    screen.note("bisift: " + advice);
  }

  /** If the process is being stopped, leaves the rest to that: does not return then. */
  void awaitIfUnderWay() {
    ended.countDown();
    if (!over.compareAndSet(false, true) && interrupted) {
      try {
        hook.join();
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    try {
      over.set(true);
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already
    }
  }
}
