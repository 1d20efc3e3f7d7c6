package io.bisift.trainer.command;

import io.bisift.model.commandline.CommandErrors;
import io.bisift.model.commandline.JarVersion;
import io.bisift.trainer.config.Choices;
import io.bisift.trainer.config.ConfigFile;
import io.bisift.trainer.config.OptionHelp;
import io.bisift.trainer.config.Options;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Main class of {@code bisift train}. */
@Command(
    name = "bisift train",
    description = "Trains a multimodal process reward model on what select or convert wrote.",
    mixinStandardHelpOptions = true,
    versionProvider = JarVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {FitCommand.class, PlanCommand.class, ExportCommand.class, SampleCommand.class},
    footer =
        "%nExit codes: 0 done, 1 failed, 2 the command line is wrong; 130 and 143 stopped by Ctrl-C"
            + " and SIGTERM, saved.")
public final class Train {
  private Train() {}

  // a logger that nobody holds loses its level
  private static final Logger ENGINE = Logger.getLogger("ai.djl");

  public static void main(String[] args) {
    ENGINE.setLevel(Level.SEVERE); // what it looks for and finds is of no interest here
    int code = run(args);
    System.out.flush();
    System.exit(code);
  }

  /** Does what the arguments say; what goes wrong is printed. Returns the exit code. */
  static int run(String... args) {
    CommandLine line = commandLine();
    if (args.length == 0) {
      line.usage(line.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    try {
      readConfigFile(line, args);
    } catch (RuntimeException e) {
      return CommandErrors.failure(e, line);
    }
    return line.execute(args);
  }

  /**
   * Reads arguments, and the settings file that they name, without doing what they say.
   *
   * @throws io.bisift.core.UserException if the file is wrong
   * @throws CommandLine.ParameterException if the arguments are
   */
  public static CommandLine.ParseResult parse(String... args) {
    CommandLine line = commandLine();
    readConfigFile(line, args);
    return line.parseArgs(args);
  }

  private static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Train())
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    CommandErrors.register(line);
    line.setUsageHelpWidth(100);
    Choices.register(line);
    OptionHelp.install(line);
    return line;
  }

  private static void readConfigFile(CommandLine line, String... args) {
    CommandLine command = args.length == 0 ? null : line.getSubcommands().get(args[0]);
    if (command != null) {
      configFile(args).ifPresent(file -> readDefaults(command, file));
    }
  }

  private static Optional<Path> configFile(String... args) {
    List<String> all = List.of(args);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).startsWith(Options.CONFIG + "=")) {
        return Optional.of(Path.of(all.get(i).substring(Options.CONFIG.length() + 1)));
      } else if (all.get(i).equals(Options.CONFIG) && i + 1 < all.size()) {
        return Optional.of(Path.of(all.get(i + 1)));
      }
    }
    return Optional.empty();
  }

  private static void readDefaults(CommandLine command, Path file) {
    CommandSpec spec = command.getCommandSpec();
    Set<String> known =
        spec.options().stream()
            .map(option -> option.longestName().replaceFirst("^--", ""))
            .filter(name -> !Set.of("config", "help", "version").contains(name))
            .collect(Collectors.toSet());
    command.setDefaultValueProvider(ConfigFile.read(file, known));
  }
}
