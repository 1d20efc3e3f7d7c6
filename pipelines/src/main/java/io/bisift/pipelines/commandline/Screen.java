package io.bisift.pipelines.commandline;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command speaks: results to standard output, everything else to standard error, where on a
 * terminal a line of progress may stand that is redrawn in place. UTF-8 in every locale.
 * Thread-safe.
 */
public final class Screen {
  /** Set by launchers that know that standard error is a terminal. */
  private static final String TERMINAL = "bisift.terminal";

  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean progressShown;

  /**
   * @param terminal whether {@code err} is one
   */
  public Screen(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** That of this process. */
  public static Screen ofProcess() {
    return new Screen(
        stream(FileDescriptor.out), stream(FileDescriptor.err), Boolean.getBoolean(TERMINAL));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  public boolean terminal() {
    return terminal;
  }

  /** Prints a result. */
  public synchronized void result(String text) {
    clearProgress();
    out.println(text);
  }

  /** Tells something by the way. */
  public synchronized void note(String text) {
    clearProgress();
    err.println(text);
  }

  /** Shows how far things are, in place of what was shown before. */
  public synchronized void progress(String text) {
    if (terminal) {
      err.print(CLEAR + text);
      err.flush();
      progressShown = true;
    } else {
      err.println(text);
    }
  }

  /** Takes the progress away. */
  public synchronized void clearProgress() {
    if (progressShown) {
      err.print(CLEAR);
      err.flush();
      progressShown = false;
    }
  }
}
