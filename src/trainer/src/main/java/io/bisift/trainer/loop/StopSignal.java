package io.bisift.trainer.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the end of the process (SIGTERM, Ctrl-C) into a request to stop, and holds the end up until
 * the run has saved what it must. Whoever asked for the end sees the signal's exit code.
 */
public final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_MINUTES = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "bisift-stop");
  private volatile boolean requested;

  private StopSignal() {}

  /** Begins to listen. */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Asks the run to save and stop. */
  void request() {
    requested = true;
  }

  private void stop() {
    request();
    try {
      if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        System.err.println("bisift: saving took too long; the last checkpoint is the one before");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the run shall save and stop. */
  public boolean isRequested() {
    return requested;
  }

  /** Lets the process end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // the end has begun, and goes on now
    }
  }
}
