package io.bisift.core.message;

import io.bisift.core.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in one line what went wrong, though others may have wrapped it in types of their own. */
public final class ErrorLine {
  /** A variable of the environment: set to anything, it brings the stack trace. */
  public static final String STACK_TRACE = "BISIFT_STACKTRACE";

  /** Of an answer in JSON, the line that is about all of it: those within are indented more. */
  private static final Pattern MESSAGE = Pattern.compile("(?m)^  \"message\" ?: \"(.*)\",?$");

  private ErrorLine() {}

  /** The line. */
  public static String of(Throwable error) {
    return find(error, UserException.class)
        .map(Throwable::getMessage)
        .or(() -> find(error, OutOfMemoryError.class).map(ErrorLine::outOfMemory))
        .or(() -> find(error, IOException.class).map(ErrorLine::inWords))
        .or(() -> find(error, InvalidPathException.class).map(ErrorLine::badPath))
        .orElseGet(() -> bug(error));
  }

  /** Whether the user wants to see more than the line. */
  public static boolean isTraceWanted() {
    return System.getenv(STACK_TRACE) != null;
  }

  /** Whether the command line is at fault. */
  public static boolean isUsage(Throwable error) {
    return find(error, UserException.class)
        .filter(known -> known.kind() == UserException.Kind.USAGE)
        .isPresent();
  }

  /** Whether it is something that the user can mend, and no bug. */
  public static boolean isKnown(Throwable error) {
    return find(error, UserException.class).isPresent();
  }

  private static String outOfMemory(OutOfMemoryError error) {
    return "out of memory ("
        + error.getMessage()
        + "); give it more, for example BISIFT_JAVA_OPTS=-Xmx8g, or less to do at once";
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
      return "cannot open " + oneLine(String.valueOf(e.getMessage()));
    } else if (e instanceof FileSystemException named) {
      String reason = named.getReason();
      return named.getFile() + ": " + (reason == null ? named.getClass().getSimpleName() : reason);
    }
    return "reading or writing failed: "
        + oneLine(e.getMessage() == null ? e.toString() : e.getMessage());
  }

  /** What Google's clients say ends with the answer's JSON, and that with the reason. */
  private static String oneLine(String text) {
    Matcher said = MESSAGE.matcher(text);
    String words =
        said.find() ? text.substring(0, text.indexOf('{')).strip() + ": " + said.group(1) : text;
    return words.replaceAll("\\s*\\R\\s*", " ");
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
