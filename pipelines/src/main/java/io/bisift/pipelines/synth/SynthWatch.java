package io.bisift.pipelines.synth;

import io.bisift.formats.synth.SynthProgress;
import io.bisift.formats.synth.SynthSummary;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.options.ByteSize;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows how far a corpus is, from a thread of its own. */
final class SynthWatch {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration IN_LOG = Duration.ofSeconds(5);
  private static final double NANOS = 1e9;

  private final Screen screen;
  private final SynthProgress progress;
  private final long start = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::show, "progress");

  SynthWatch(Screen screen, SynthProgress progress) {
    this.screen = screen;
    this.progress = progress;
    thread.setDaemon(true);
    thread.start();
  }

  private void show() {
    Duration pause = screen.terminal() ? ON_TERMINAL : IN_LOG;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        screen.progress(line(progress, System.nanoTime() - start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How far it is after so long. */
  static String line(SynthProgress progress, long nanos) {
    return String.format(
        Locale.ROOT,
        "writing %3d %%  %,d of %,d rollouts  %s  %s/s",
        100 * progress.rollouts() / progress.totalRollouts(),
        progress.rollouts(),
        progress.totalRollouts(),
        ByteSize.format(progress.bytes()),
        ByteSize.format(perSecond(progress.bytes(), nanos)));
  }

  /** What there is now. */
  String words(SynthSummary summary) {
    return words(summary, System.nanoTime() - start);
  }

  static String words(SynthSummary summary, long nanos) {
    return String.format(
        Locale.ROOT,
        "%,d rollouts, %,d steps%s, %s in %,d %s; %.1f s, %s/s",
        summary.rollouts(),
        summary.steps(),
        summary.brokenLines() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d broken lines", summary.brokenLines()),
        ByteSize.format(summary.bytes()),
        summary.files(),
        summary.files() == 1 ? "file" : "files",
        nanos / NANOS,
        ByteSize.format(perSecond(summary.bytes(), nanos)));
  }

  private static long perSecond(long bytes, long nanos) {
    return (long) (bytes * NANOS / Math.max(1, nanos));
  }

  /** Takes the progress away. */
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
