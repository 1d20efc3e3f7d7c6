package io.bisift.model.commandline;

import io.bisift.core.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong. */
public final class CommandErrors {
  /** Set to anything, it brings the stack trace. */
  private static final String STACK_TRACE = "BISIFT_STACKTRACE";

  private static final int DEEPEST = 50;

  private CommandErrors() {}

  /** Makes a command line report what goes wrong in one line, with exit codes 1 and 2. */
  public static void register(CommandLine line) {
    line.setParameterExceptionHandler((e, args) -> usage(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failure(e, command));
  }

  private static int usage(ParameterException e) {
    CommandLine line = e.getCommandLine();
    StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()));
    List<String> near =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    if (!near.isEmpty()) {
      message.append("; did you mean ").append(near.get(0)).append('?');
    }
    line.getErr()
        .println(
            "bisift: %s (%s --help tells more)"
                .formatted(
                    message.toString().replaceAll("\\R+", " "),
                    line.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  /** Reports a failure; returns the exit code. */
  public static int failure(Throwable e, CommandLine line) {
    PrintWriter err = line.getErr();
    err.println("bisift: " + text(e));
    if (System.getenv(STACK_TRACE) != null) {
      e.printStackTrace(err);
    }
    return find(e, UserException.class)
            .filter(known -> known.kind() == UserException.Kind.USAGE)
            .isPresent()
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static String text(Throwable error) {
    return find(error, UserException.class)
        .map(Throwable::getMessage)
        .or(
            () ->
                find(error, OutOfMemoryError.class)
                    .map(e -> "out of memory; give it more: BISIFT_JAVA_OPTS=-Xmx8g"))
        .or(() -> find(error, IOException.class).map(CommandErrors::inWords))
        .or(
            () ->
                find(error, InvalidPathException.class)
                    .map(e -> "not a file name here: " + e.getInput()))
        .orElseGet(() -> "unexpected: " + root(error) + "; " + STACK_TRACE + "=1 shows where");
  }

  private static String inWords(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    } else if (e instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    } else if (e instanceof FileSystemException named && named.getReason() != null) {
      return named.getFile() + ": " + named.getReason();
    }
    return "reading or writing failed: " + (e.getMessage() == null ? e : e.getMessage());
  }

  private static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  private static String root(Throwable error) {
    Throwable root = error;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
      root = root.getCause();
    }
    return root.toString().lines().findFirst().orElse("");
  }
}
