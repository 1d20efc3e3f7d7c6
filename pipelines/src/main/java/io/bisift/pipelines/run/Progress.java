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
final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration IN_LOG = Duration.ofSeconds(5);

  private final Screen screen;
  private final Supplier<Counters> counters;
  private final ProgressLine line;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private String last = "";

  Progress(Screen screen, Supplier<Counters> counters, long totalBytes) {
    this.screen = screen;
    this.counters = counters;
    this.line = new ProgressLine(totalBytes);
    this.thread = new Thread(this::show, "progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void show() {
    Duration pause = screen.terminal() ? ON_TERMINAL : IN_LOG;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        String now = line.at(counters.get(), System.nanoTime());
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

  void close() {
    closed.countDown();
    try {
      thread.join(ON_TERMINAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    screen.clearProgress();
  }
}
