package io.bisift.model.command;

import io.bisift.model.commandline.ChoiceNames;
import io.bisift.model.init.NewCheckpoint;
import io.bisift.model.init.Preset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bisift model init}. */
@Command(
    name = "init",
    description =
        "Makes a checkpoint with random weights, in the layout of Hugging Face, to try things out"
            + " with: config.json, tokenizer, safetensors. The same bytes for the same seed.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples",
      "  bisift model init --preset tiny --output checkpoints/tiny",
      "  bisift model init --preset 1b --seed 7 --tokenizer InternVL2_5-1B --output checkpoints/1b"
    })
final class InitCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--preset",
      required = true,
      paramLabel = "tiny|1b|8b",
      description =
          "shape of the model: tiny (1.3 MB), 1b (InternVL2.5-1B, 2 GB) or 8b (InternVL2.5-8B, 17"
              + " GB)")
  @Nullable Preset preset;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "a new or empty folder")
  @Nullable Path output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "what the weights are drawn from (default ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--tokenizer",
      paramLabel = "FOLDER",
      description =
          "take the tokenizer of this Hugging Face folder, such as that of the real model; without"
              + " it a small one comes along that takes any text")
  @Nullable Path tokenizer;

  @Override
  public Integer call() {
    if (preset == null || output == null) {
      throw new IllegalStateException("picocli requires them");
    }
    long numbers = NewCheckpoint.write(output, preset, seed, Optional.ofNullable(tokenizer));
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %s, %,d numbers, seed %d%n",
            output,
            ChoiceNames.name(preset),
            numbers,
            seed);
    return CommandLine.ExitCode.OK;
  }
}
