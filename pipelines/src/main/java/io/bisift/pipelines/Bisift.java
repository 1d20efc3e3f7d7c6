package io.bisift.pipelines;

import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.CommandLine;
import io.bisift.pipelines.commandline.OtherCommand;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.compare.CompareCommand;
import io.bisift.pipelines.convert.ConvertCommand;
import io.bisift.pipelines.evaluate.EvaluateCommand;
import io.bisift.pipelines.rerank.RerankCommand;
import io.bisift.pipelines.select.SelectCommand;
import io.bisift.pipelines.stream.CompactCommand;
import io.bisift.pipelines.stream.StreamCommand;
import io.bisift.pipelines.synth.SynthCommand;
import java.util.List;

/** The {@code bisift} command line with all of its commands. */
public final class Bisift {
  private static final List<CliCommand> COMMANDS =
      List.of(
          new SelectCommand(),
          new ConvertCommand(),
          new StreamCommand(),
          new CompactCommand(),
          new SynthCommand(),
          new EvaluateCommand(),
          new RerankCommand(),
          new CompareCommand());

  private static final List<OtherCommand> OTHERS =
      List.of(
          new OtherCommand("model", "make, look at and score with a reward model"),
          new OtherCommand("train", "train a reward model on what select wrote"));

  private Bisift() {}

  /**
   * Does what the arguments say.
   *
   * @param defaults of the runner that the launcher comes with
   * @return the exit code
   */
  public static int run(Screen screen, RunnerDefaults defaults, String... args) {
    return new CommandLine(COMMANDS, OTHERS, screen, defaults).run(args);
  }
}
