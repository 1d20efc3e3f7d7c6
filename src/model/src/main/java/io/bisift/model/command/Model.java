package io.bisift.model.command;

import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.model.commandline.ChoiceNames;
import io.bisift.model.commandline.CommandErrors;
import io.bisift.model.commandline.JarVersion;
import io.bisift.model.init.Preset;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main class of {@code bisift model}. */
@Command(
    name = "bisift model",
    description = "Makes, looks at and scores with a multimodal process reward model.",
    mixinStandardHelpOptions = true,
    versionProvider = JarVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {InitCommand.class, InspectCommand.class, ScoreCommand.class},
    footer = {
      "",
      "bisift model COMMAND --help tells all about one.",
      "Exit codes: 0 done, 1 failed, 2 the command line is wrong."
    })
public final class Model {
  // a logger that nobody holds loses its level
  private static final Logger ENGINE = Logger.getLogger("ai.djl");

  private Model() {}

  public static void main(String[] args) {
    ENGINE.setLevel(Level.SEVERE); // what it looks for and finds is of no interest here
    System.setProperty("ai.djl.offline", "true");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    out.flush();
    System.exit(code);
  }

  /** Does what the arguments say; what goes wrong is printed. Returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Model()).setOut(out).setErr(err);
    line.setUsageHelpWidth(100);
    CommandErrors.register(line);
    ChoiceNames.register(line, Preset.class);
    ChoiceNames.register(line, PromptText.class);
    ChoiceNames.register(line, PictureLayout.class);
    ChoiceNames.register(line, Precision.class);
    if (args.length == 0) {
      line.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    try {
      return line.execute(args);
    } catch (Error e) { // out of memory, or a native library that does not load
      return CommandErrors.failure(e, line);
    }
  }
}
