package io.bisift.pipelines.run;

import io.bisift.pipelines.commandline.Screen;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Logs of the libraries beneath: warnings and worse, one line each, beside the progress. The same
 * line is told once a minute.
 */
final class QuietLog extends Handler {
  /** Warns of every machine without a GPU; held, as a logger that nobody holds loses its level. */
  private static final Logger GPU_SEARCH = Logger.getLogger("ai.djl.util.cuda");

  private static final int REMEMBERED = 100;
  private static final long AGAIN_AFTER_MILLIS = 60_000;

  private final Screen screen;
  private final SimpleFormatter formatter = new SimpleFormatter();

  /** Lines and when they were told last, as a client that cannot connect warns at each try. */
  private final Map<String, Long> told =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  QuietLog(Screen screen) {
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
    String line =
        record.getLevel().getName().toLowerCase(Locale.ROOT)
            + " ("
            + name.substring(name.lastIndexOf('.') + 1)
            + "): "
            + text
            + (thrown == null ? "" : ": " + thrown);
    if (isNews(line, record.getMillis())) {
      screen.note(line);
    }
  }

  private synchronized boolean isNews(String line, long now) {
    Long last = told.get(line);
    if (last != null && now - last < AGAIN_AFTER_MILLIS) {
      return false;
    }
    told.put(line, now);
    return true;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
