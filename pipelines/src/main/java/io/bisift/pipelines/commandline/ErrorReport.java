package io.bisift.pipelines.commandline;

import io.bisift.core.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in one line what went wrong. Runners wrap causes in types of their own. */
public final class ErrorReport {
  /** Set to anything, it brings the stack trace. */
  static final String STACK_TRACE = "BISIFT_STACKTRACE";

  private ErrorReport() {}

  /** What to print. */
  public static String message(Throwable error, boolean stackTrace) {
    String line = "bisift: " + line(error);
    if (!stackTrace) {
      return line;
    }
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return line + "\n" + trace.toString().stripTrailing();
  }

  public static int exitCode(Throwable error) {
    return find(error, UserException.class)
            .filter(known -> known.kind() == UserException.Kind.USAGE)
            .isPresent()
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }

  /** Whether it is something that the user can mend, and no bug. */
  public static boolean isKnown(Throwable error) {
    return find(error, UserException.class).isPresent();
  }

  private static String line(Throwable error) {
    return find(error, UserException.class)
        .map(Throwable::getMessage)
        .or(() -> find(error, OutOfMemoryError.class).map(ErrorReport::outOfMemory))
        .or(() -> find(error, IOException.class).map(ErrorReport::inWords))
        .or(() -> find(error, InvalidPathException.class).map(ErrorReport::badPath))
        .orElseGet(() -> bug(error));
  }

  private static String outOfMemory(OutOfMemoryError error) {
    return "out of memory ("
        + error.getMessage()
        + "); give it more, for example BISIFT_JAVA_OPTS=-Xmx4g, or work on less at once with"
        + " --parallelism";
  }

  private static String badPath(InvalidPathException e) {
    return "not a file name here: " + e.getInput() + " (" + e.getReason() + ")";
  }

  private static String inWords(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    } else if (e instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    } else if (e instanceof FileNotFoundException) {
      return "cannot open " + e.getMessage();
    } else if (e instanceof FileSystemException named) {
      String reason = named.getReason();
      return named.getFile() + ": " + (reason == null ? named.getClass().getSimpleName() : reason);
    }
    return "reading or writing failed: " + (e.getMessage() == null ? e.toString() : e.getMessage());
  }

  private static String bug(Throwable error) {
    Throwable root = error;
    Set<Throwable> seen = new HashSet<>();
    while (root.getCause() != null && seen.add(root)) {
      root = root.getCause();
    }
    String text = root.toString().lines().findFirst().orElse("");
    return "unexpected: " + text + "; " + STACK_TRACE + "=1 shows where";
  }

  private static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    @Nullable Throwable at = error;
    Set<Throwable> seen = new HashSet<>();
    while (at != null && seen.add(at)) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }
}
