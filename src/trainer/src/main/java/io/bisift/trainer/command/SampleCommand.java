package io.bisift.trainer.command;

import io.bisift.core.UserException;
import io.bisift.trainer.sample.SumCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bisift train sample}. */
@Command(
    name = "sample",
    description =
        "Writes a small corpus to try the trainer on: pictures with two numbers, rollouts that read"
            + " and add them, some wrongly, with Monte Carlo counts.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example",
      "  bisift train sample --output out/sums",
      "  bisift convert --annotations out/sums/train --image-root out/sums/images --output"
          + " out/sets/train"
    })
final class SampleCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "new folder; gets train/, held-out/ (annotations) and images/")
  Path output = Path.of("");

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      defaultValue = "4000",
      description = "to train on (default: ${DEFAULT-VALUE})")
  int rollouts;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      defaultValue = "300",
      description = "to evaluate on (default: ${DEFAULT-VALUE})")
  int heldOut;

  @Option(
      names = "--largest",
      paramLabel = "N",
      defaultValue = "4",
      description = "largest number in a picture, from 2 to 9 (default: ${DEFAULT-VALUE})")
  int largest;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of all that is drawn (default: ${DEFAULT-VALUE})")
  long seed;

  @Override
  public Integer call() {
    if (rollouts < 1 || heldOut < 1 || largest < 2 || largest > 9) {
      throw UserException.usage(
          "--rollouts and --held-out must be at least 1, --largest from 2 to 9");
    }
    if (Files.exists(output)) {
      throw UserException.usage(output + " is there already: give a new folder");
    }
    try {
      SumCorpus corpus = new SumCorpus(output, largest, seed);
      corpus.write("train", rollouts);
      corpus.write("held-out", heldOut);
    } catch (IOException e) {
      throw UserException.failure("cannot write " + output + ": " + e.getMessage(), e);
    }
    spec.commandLine()
        .getOut()
        .printf("%d rollouts to train on and %d held out in %s%n", rollouts, heldOut, output);
    return CommandLine.ExitCode.OK;
  }
}
