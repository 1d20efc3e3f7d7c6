package io.bisift.model.commandline;

import io.bisift.core.message.ErrorLine;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Picocli's part in saying in one line what went wrong. */
public final class CommandErrors {
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
    err.println("bisift: " + ErrorLine.of(e));
    if (ErrorLine.isTraceWanted()) {
      e.printStackTrace(err);
    }
    return ErrorLine.isUsage(e) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }
}
