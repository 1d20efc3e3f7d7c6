package io.bisift.pipelines.run;

import io.bisift.pipelines.commandline.Screen;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows how far a run is, from a thread of its own: a line that is redrawn on a terminal, a line
 * now and then in a log.
 */
public final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration IN_LOG = Duration.ofSeconds(5);

  private final Screen screen;
  private final Supplier<String> line;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private String last = "";

  /**
   * @param line says how far the run is now
   */
  public Progress(Screen screen, Supplier<String> line) {
    this.screen = screen;
    this.line = line;
    this.thread = new Thread(this::show, "progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void show() {
    Duration pause = screen.terminal() ? ON_TERMINAL : IN_LOG;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        String now = line.get();
        if (!now.equals(last)) {
          screen.progress(now);
          last = now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // a runner without metrics: the run goes on unseen
      screen.note(String.format(Locale.ROOT, "no progress to show: %s", e.getMessage()));
    }
  }

  /** Takes the line away. */
  public void close() {
    closed.countDown();
    try {
      thread.join(ON_TERMINAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    screen.clearProgress();
  }
}
