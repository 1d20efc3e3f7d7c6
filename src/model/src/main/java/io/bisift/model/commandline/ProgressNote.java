package io.bisift.model.commandline;

import java.io.PrintWriter;

/**
 * A line that tells how far things are: redrawn every second on a terminal, else printed every ten.
 * Not thread-safe.
 */
public final class ProgressNote implements AutoCloseable {
  /** Set by the launcher where standard error is a terminal. */
  private static final String TERMINAL = "bisift.terminal";

  private static final String CLEAR = "\r\033[K";
  private static final long SECOND = 1_000_000_000L;

  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean(TERMINAL);
  private long last = System.nanoTime();
  private boolean shown;

  public ProgressNote(PrintWriter err) {
    this.err = err;
  }

  /** Shows the text if it is time. */
  public void show(String text) {
    long now = System.nanoTime();
    if (now - last < (terminal ? SECOND : 10 * SECOND)) {
      return;
    }
    last = now;
    if (terminal) {
      err.print(CLEAR + text);
      shown = true;
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
      shown = false;
    }
  }
}
