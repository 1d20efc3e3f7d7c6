package io.bisift.trainer.log;

import io.bisift.core.UserException;
import io.bisift.trainer.health.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * All that a run tells while it works: a progress line, {@code metrics.jsonl}, TensorBoard events;
 * and the curve at its end.
 */
public final class RunLog implements AutoCloseable {
  private final Path folder;
  private final PrintStream screen;
  private final boolean terminal;
  private final long every;
  private final Progress progress;
  private final MetricsFile metrics;
  private final EventFile events;
  private final long updates;
  private final long began = System.nanoTime();
  private final long from;
  private boolean open; // whether the terminal's line is not ended

  /**
   * @param screen where progress goes
   * @param terminal whether it can go back to the start of its line
   * @param every updates between lines elsewhere; 0 for no progress at all
   * @param from updates made before
   * @param updates of the whole run
   * @param progress is told, too
   */
  public RunLog(
      Path folder,
      PrintStream screen,
      boolean terminal,
      long every,
      long from,
      long updates,
      Progress progress) {
    this.folder = folder;
    this.screen = screen;
    this.terminal = terminal;
    this.every = every;
    this.from = from;
    this.updates = updates;
    this.progress = progress;
    progress.begin(from, updates);
    try {
      metrics = MetricsFile.resume(folder.resolve("metrics.jsonl"), from);
      events = EventFile.create(folder.resolve("tensorboard"), from, seconds());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * One update.
   *
   * @param update counted from 1
   * @param tokensPerSecond padding not counted
   */
  public void update(
      long update, double loss, double rate, double gradientNorm, double tokensPerSecond) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", loss);
    values.put("learning_rate", rate);
    values.put("gradient_norm", gradientNorm);
    values.put("tokens_per_second", tokensPerSecond);
    write(update, "train", values);
    if (every > 0 && (terminal || update % every == 0 || update == updates || update == from + 1)) {
      show(
          String.format(
              Locale.ROOT,
              "update %d of %d  loss %.4f  rate %.2e  norm %.2f  %,.0f tokens/s  %s left",
              update,
              updates,
              loss,
              rate,
              gradientNorm,
              tokensPerSecond,
              left(update)));
    }
  }

  private String left(long update) {
    double each = (System.nanoTime() - began) / 1e9 / (update - from);
    long seconds = Math.round(each * (updates - update));
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** One evaluation. */
  public void evaluation(long update, Map<String, Double> values) {
    write(update, "eval", values);
    StringBuilder line = new StringBuilder("update " + update + "  held-out");
    values.forEach(
        (name, value) ->
            line.append(
                name.equals("steps")
                    ? String.format(Locale.ROOT, " on %.0f steps", value)
                    : String.format(Locale.ROOT, "  %s %.4f", name.replace('_', ' '), value)));
    note(line.toString());
  }

  /** Says something in a line of its own. */
  public void note(String line) {
    if (every > 0) {
      endLine();
      screen.println(line);
    }
  }

  private void show(String line) {
    if (terminal) {
      screen.print("\r" + line + "\u001b[K");
      screen.flush();
      open = true;
    } else {
      screen.println(line);
    }
  }

  private void endLine() {
    if (open) {
      screen.println();
      open = false;
    }
  }

  /** A checkpoint was written. */
  public void saved(long update) {
    progress.saved(update);
  }

  private void write(long update, String kind, Map<String, Double> values) {
    progress.report(update, kind, values);
    try {
      metrics.write(update, kind, values);
      Map<String, Double> tagged = new LinkedHashMap<>();
      values.forEach((name, value) -> tagged.put(kind + "/" + name, value));
      events.write(update, seconds(), tagged);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Draws the curve; returns the picture's file. */
  public Path draw() {
    Path picture = folder.resolve("loss.svg");
    try {
      Files.writeString(picture, LossCurve.svg(MetricsFile.read(folder.resolve("metrics.jsonl"))));
    } catch (IOException e) {
      throw failure(e);
    }
    return picture;
  }

  private UserException failure(IOException e) {
    return UserException.failure("cannot write the logs in " + folder + ": " + e.getMessage(), e);
  }

  private static double seconds() {
    return System.currentTimeMillis() / 1e3;
  }

  @Override
  public void close() {
    endLine();
    try {
      metrics.close();
      events.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
