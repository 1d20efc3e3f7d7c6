package io.bisift.trainer.command;

import io.bisift.trainer.config.ConfigFile;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.run.FitRun;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bisift train fit}. */
@Command(
    name = "fit",
    description = {
      "Trains a model. The folder of a run that was stopped or killed is taken up again by the same"
          + " command, and goes on as if nothing had been."
    },
    customSynopsis =
        "bisift train fit --model FOLDER --train SET --image-root FOLDER --output FOLDER [options]",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples",
      "  bisift train fit --config src/trainer/config/paper.yaml --model InternVL2_5-8B \\",
      "      --train sets/bis-10 --image-root images --output runs/bis-10",
      "  bisift train fit --model InternVL2_5-1B --train sets/bis-10 --image-root images \\",
      "      --tuning lora --micro-batch 1 --activation-checkpointing --output runs/lora"
    })
final class FitCommand implements Callable<Integer> {
  /** Set by the launcher where progress goes to a terminal. */
  private static final String TERMINAL = "bisift.terminal";

  /** Read by DJL's engine when it starts. */
  private static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Options options = new Options();

  @Override
  public Integer call() {
    options.check();
    Options.require(options.data.train, "--train");
    Options.require(options.run.output, "--output");
    if (options.model.threads > 0) {
      System.setProperty(ENGINE_THREADS, Integer.toString(options.model.threads));
    }
    Map<String, String> settings = ConfigFile.settings(spec);
    PrintStream screen = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    FitRun.Outcome outcome =
        new FitRun(options, settings, screen, Boolean.getBoolean(TERMINAL)).run();
    PrintWriter out = spec.commandLine().getOut();
    outcome
        .model()
        .ifPresent(
            model ->
                out.println(
                    outcome.news()
                        ? "trained model in " + model
                        : "the run is complete; its model is in " + model));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
