package io.bisift.model.command;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.formats.storage.Storages;
import io.bisift.model.commandline.ProgressNote;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bisift model score}. */
@Command(
    name = "score",
    description =
        "Scores the steps of records with a checkpoint: training records, or items of"
            + " VisualProcessBench. One line of JSON comes out for each record, in order: its"
            + " scores, or why it has none.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples",
      "  bisift model score --checkpoint checkpoints/tiny --records out/sample/data"
          + " --images pipelines/sample/images",
      "  bisift model score --checkpoint trained/8b --records VisualProcessBench/test.jsonl"
          + " --images VisualProcessBench --device gpu0 --precision bfloat16 --output scores.jsonl",
      "  bisift model score --checkpoint trained/8b --records test.jsonl --images ."
          + " --prompt scoring --output as-published.jsonl"
    })
final class ScoreCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "FOLDER",
      description = "a Hugging Face folder: config.json, safetensors, tokenizer")
  String checkpoint = "";

  @Option(
      names = "--records",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "files, or folders of *.jsonl files, plain, .gz or .zst")
  List<String> records = new ArrayList<>();

  @Option(
      names = "--images",
      defaultValue = "",
      paramLabel = "FOLDER",
      description = "folder that pictures are named from (default: the current one)")
  String images = "";

  @Option(
      names = "--prompt",
      defaultValue = "training",
      paramLabel = "training|scoring",
      description =
          "text around question and steps: as in training, or as the reference scores, for"
              + " comparing with published numbers (default ${DEFAULT-VALUE})")
  PromptText prompt = PromptText.TRAINING;

  @Option(
      names = "--pictures",
      defaultValue = "mosaic",
      paramLabel = "mosaic|each",
      description =
          "several pictures of one record: on one canvas, or a place in the text for each (default"
              + " ${DEFAULT-VALUE})")
  PictureLayout pictures = PictureLayout.MOSAIC;

  @Option(
      names = "--max-tiles",
      paramLabel = "N",
      description =
          "most tiles of a record's pictures together, without thumbnail (default: the"
              + " checkpoint's own number)")
  @Nullable Integer maxTiles;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = "auto, cpu, gpu0 … (default ${DEFAULT-VALUE})")
  String device = "auto";

  @Option(
      names = "--precision",
      defaultValue = "float32",
      paramLabel = "float32|bfloat16",
      description = "of the arithmetic (default ${DEFAULT-VALUE})")
  Precision precision = Precision.FLOAT32;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "N",
      description = "records handed to the model at once (default ${DEFAULT-VALUE})")
  int batch = 8;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "where the scores go; standard output without it")
  @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    if (batch < 1 || (maxTiles != null && maxTiles < 1)) {
      throw UserException.usage("--batch and --max-tiles must be at least 1");
    }
    PrintWriter err = spec.commandLine().getErr();
    RecordFiles files = new RecordFiles(Storages.any(), records);
    ScorerSettings settings =
        new ScorerSettings(
            checkpoint, prompt, pictures, Optional.ofNullable(maxTiles), device, precision);
    ScoreRun run;
    try (StepScorer scorer = StepScorerProvider.find().open(settings);
        ProgressNote progress = new ProgressNote(err);
        OutputFile out = OutputFile.open(output)) {
      run = new ScoreRun(scorer, images, batch, out.stream(), progress);
      files.forEach(run::line);
      run.end();
      out.keep();
    }
    err.printf(Locale.ROOT, "%,d scored, %,d rejected%n", run.scored(), run.rejected());
    run.reasons().forEach(reason -> err.println("  " + reason));
    if (run.scored() == 0) {
      throw UserException.failure("no record could be scored");
    }
    return CommandLine.ExitCode.OK;
  }

  /** Standard output, or a file that appears when it is whole. */
  private record OutputFile(OutputStream stream, @Nullable Path part, @Nullable Path target)
      implements AutoCloseable {

    static OutputFile open(@Nullable Path target) throws IOException {
      if (target == null) {
        return new OutputFile(new BufferedOutputStream(System.out), null, null);
      }
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path part = target.resolveSibling("." + target.getFileName() + ".part");
      return new OutputFile(new BufferedOutputStream(Files.newOutputStream(part)), part, target);
    }

    void keep() throws IOException {
      stream.flush();
      if (part != null && target != null) {
        stream.close();
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void close() throws IOException {
      if (part != null) {
        stream.close();
        Files.deleteIfExists(part);
      }
    }
  }
}
