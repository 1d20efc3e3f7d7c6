package io.bisift.trainer.command;

import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.safetensors.TensorType;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.run.ExportRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bisift train export}. */
@Command(
    name = "export",
    description =
        "Writes a checkpoint of a run as a Hugging Face folder: low-rank additions merged, the same"
            + " tensors as the folder that the run began with.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example",
      "  bisift train export --run runs/bis-10 --checkpoint last --output checkpoints/bis-10"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      required = true,
      description = "--output of the run")
  String run = "";

  @Option(
      names = "--checkpoint",
      paramLabel = "WHICH",
      defaultValue = "best",
      description =
          "best (by the held-out metric; the last where nothing was evaluated), last, or an"
              + " update's number (default: ${DEFAULT-VALUE})")
  String checkpoint = "best";

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "new folder for the model")
  String output = "";

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "folder that the run began with, if it has moved")
  @Nullable Path model;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "of the weights: float32 or bfloat16; that of the model's folder without it")
  @Nullable Precision type;

  @Override
  public Integer call() {
    TensorType written =
        type == null ? null : type == Precision.BFLOAT16 ? TensorType.BF16 : TensorType.F32;
    Options.onThisMachine(run, "--run");
    Options.onThisMachine(output, "--output");
    Path from =
        new ExportRun(Path.of(run), checkpoint, Optional.ofNullable(model))
            .write(Path.of(output), written);
    spec.commandLine().getOut().println("model of " + from + " in " + output);
    return CommandLine.ExitCode.OK;
  }
}
