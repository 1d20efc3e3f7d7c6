package io.bisift.pipelines.commandline;

import io.bisift.core.UserException;
import io.bisift.core.message.ErrorLine;
import io.bisift.core.message.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code bisift COMMAND …}. */
public final class CommandLine {
  private final List<CliCommand> commands;
  private final List<OtherCommand> others;
  private final Screen screen;
  private final RunnerDefaults defaults;

  /**
   * @param commands in the order of the help
   * @param others what the launcher script starts without coming here
   * @param defaults of the runner that the launcher comes with
   */
  public CommandLine(
      List<CliCommand> commands,
      List<OtherCommand> others,
      Screen screen,
      RunnerDefaults defaults) {
    this.commands = List.copyOf(commands);
    this.others = List.copyOf(others);
    this.screen = screen;
    this.defaults = defaults;
  }

  /** Does what the arguments say; what goes wrong is printed. Returns the exit code. */
  public int run(String... args) {
    try {
      return dispatch(List.of(args));
    } catch (Exception | Error e) {
      screen.note(ErrorReport.message(e, ErrorLine.isTraceWanted()));
      return ErrorReport.exitCode(e);
    }
  }

  private int dispatch(List<String> args) throws Exception {
    String first = args.isEmpty() ? "" : args.get(0);
    switch (first) {
      case "" -> {
        screen.note(HelpText.general(commands, others));
        return ExitCode.USAGE;
      }
      case "--version", "version" -> {
        screen.result(Version.full());
        return ExitCode.OK;
      }
      case "--help", "-h", "help" -> {
        screen.result(
            args.size() > 1
                ? HelpText.of(command(args.get(1)))
                : HelpText.general(commands, others));
        return ExitCode.OK;
      }
      default -> {
        return run(command(first), args.subList(1, args.size()));
      }
    }
  }

  private int run(CliCommand command, List<String> args) throws Exception {
    if (args.contains("--help") || args.contains("-h")) {
      screen.result(HelpText.of(command));
      return ExitCode.OK;
    }
    GivenOptions given = ArgumentParser.parse(command, args);
    return command.run(new Invocation(given, defaults, screen));
  }

  private CliCommand command(String typed) {
    if (others.stream().anyMatch(other -> other.name().equals(typed))) {
      throw UserException.usage(
          typed
              + " is a program of its own, with jars of its own: runners/direct/bisift "
              + typed
              + " --help starts it");
    }
    List<String> names =
        Stream.concat(
                commands.stream().map(CliCommand::name), others.stream().map(OtherCommand::name))
            .toList();
    return commands.stream()
        .filter(command -> command.name().equals(typed))
        .findFirst()
        .orElseThrow(() -> unknown(typed, Suggestion.nearest(typed, names)));
  }

  private static UserException unknown(String typed, Optional<String> near) {
    if (typed.startsWith("-")) {
      return UserException.usage("the command comes first: bisift COMMAND " + typed + " …");
    }
    return UserException.usage(
        "unknown command '"
            + typed
            + "'"
            + near.map(name -> "; did you mean " + name + "?")
                .orElse("; bisift --help lists the commands"));
  }
}
