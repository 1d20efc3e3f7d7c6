package io.bisift.pipelines.commandline;

import io.bisift.core.message.ErrorLine;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command prints and answers when something went wrong. */
public final class ErrorReport {
  private ErrorReport() {}

  /** What to print. */
  public static String message(Throwable error, boolean stackTrace) {
    String line = "bisift: " + ErrorLine.of(error);
    if (!stackTrace) {
      return line;
    }
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return line + "\n" + trace.toString().stripTrailing();
  }

  public static int exitCode(Throwable error) {
    return ErrorLine.isUsage(error) ? ExitCode.USAGE : ExitCode.FAILED;
  }
}
