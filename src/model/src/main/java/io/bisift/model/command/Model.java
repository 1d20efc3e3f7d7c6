package io.bisift.model.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main class of {@code bisift model}. */
@Command(
    name = "bisift model",
    description = "Makes, looks at and scores with a multimodal process reward model.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Model {
  private Model() {}

  public static void main(String[] args) {
    CommandLine line =
        new CommandLine(new Model())
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    if (args.length == 0) {
      line.usage(line.getErr());
      System.exit(CommandLine.ExitCode.USAGE);
    }
    System.exit(line.execute(args));
  }
}
