package io.bisift.pipelines.synth;

import io.bisift.formats.synth.SynthProgress;
import io.bisift.formats.synth.SynthSummary;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.options.ByteSize;
import io.bisift.pipelines.run.Progress;
import java.util.Locale;

/** Says how far a corpus is, and what it has become. */
final class SynthWatch {
  private static final double NANOS = 1e9;

  private final long start = System.nanoTime();
  private final Progress shown;

  SynthWatch(Screen screen, SynthProgress progress) {
    shown = new Progress(screen, () -> line(progress, System.nanoTime() - start));
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
    shown.close();
  }
}
