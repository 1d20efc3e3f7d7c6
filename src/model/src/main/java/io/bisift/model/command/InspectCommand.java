package io.bisift.model.command;

import io.bisift.model.config.ModelConfig;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.TensorInfo;
import io.bisift.model.text.PrmTokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bisift model inspect}. */
@Command(
    name = "inspect",
    description =
        "Shows a checkpoint's architecture, tensors, sizes and the memory that it needs, and checks"
            + " that its files fit together. Reads headers only.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples",
      "  bisift model inspect --checkpoint InternVL2_5-8B",
      "  bisift model inspect --checkpoint checkpoints/tiny --tensors"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "FOLDER",
      description = "a Hugging Face folder: config.json, safetensors, tokenizer")
  @Nullable Path checkpoint;

  @Option(names = "--tensors", description = "list every tensor with its type and shape")
  boolean tensors;

  @Override
  public Integer call() {
    if (checkpoint == null) {
      throw new IllegalStateException("picocli requires it");
    }
    PrintWriter out = spec.commandLine().getOut();
    ModelConfig config = ModelConfig.read(checkpoint);
    List<String> problems;
    try (Checkpoint weights = Checkpoint.open(checkpoint);
        PrmTokenizer tokenizer = PrmTokenizer.open(checkpoint)) {
      CheckpointReport report = new CheckpointReport(config, weights, tokenizer);
      report.lines().forEach(out::println);
      if (tensors) {
        out.println();
        for (String name : weights.names()) {
          TensorInfo info = weights.info(name);
          out.printf(Locale.ROOT, "%-5s %-20s %s%n", info.type(), info.shapeText(), name);
        }
      }
      problems = report.problems();
    }
    problems.forEach(problem -> out.println("does not fit: " + problem));
    out.flush();
    return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
