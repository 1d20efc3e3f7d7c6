package io.bisift.pipelines.run;

import io.bisift.pipelines.commandline.Screen;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Logs of the libraries beneath: warnings and worse, one line each, beside the progress. */
final class QuietLog extends Handler {
  /** Warns of every machine without a GPU; held, as a logger that nobody holds loses its level. */
  private static final Logger GPU_SEARCH = Logger.getLogger("ai.djl.util.cuda");

  private final Screen screen;
  private final SimpleFormatter formatter = new SimpleFormatter();

  private QuietLog(Screen screen) {
    this.screen = screen;
  }

  static void install(Screen screen) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new QuietLog(screen));
    GPU_SEARCH.setLevel(Level.SEVERE);
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() < Level.WARNING.intValue()) {
      return;
    }
    String name = Objects.requireNonNullElse(record.getLoggerName(), "");
    String text = formatter.formatMessage(record).lines().findFirst().orElse("");
    Throwable thrown = record.getThrown();
    screen.note(
        record.getLevel().getName().toLowerCase(Locale.ROOT)
            + " ("
            + name.substring(name.lastIndexOf('.') + 1)
            + "): "
            + text
            + (thrown == null ? "" : ": " + thrown));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
