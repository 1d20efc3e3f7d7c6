package io.bisift.trainer.config;

import io.bisift.trainer.data.LabelSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is trained on. */
@Heading("Data")
public final class DataOptions {
  @Option(
      names = "--train",
      paramLabel = "FOLDER",
      description =
          "set to train on: a folder that select, convert, compact or stream wrote; local or"
              + " gs://")
  public String train = "";

  @Option(
      names = "--train-version",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "of a growing set, as stream makes it: the version to begin with; 0: the newest there is"
              + " (default: ${DEFAULT-VALUE})")
  public long trainVersion;

  @Option(
      names = "--follow",
      paramLabel = "WHEN",
      description =
          "of a growing set: when the newest version is taken up: epoch (at the end of each), never,"
              + " or a number of updates (default: epoch)")
  public String follow = "";

  @Option(
      names = "--versions",
      paramLabel = "FILE",
      description =
          "of a growing set: take up the versions that another run took up, at the same updates: its"
              + " versions.jsonl")
  public @Nullable Path versions;

  @Option(
      names = "--image-root",
      paramLabel = "FOLDER",
      description = "folder that the records' pictures are named from; local or gs://")
  public String imageRoot = "";

  @Option(
      names = "--held-out",
      paramLabel = "FOLDER",
      description = "set to evaluate on, of the same kind and with the same pictures")
  public String heldOut = "";

  @Option(
      names = "--labels",
      paramLabel = "KIND",
      defaultValue = "stored",
      description =
          "stored: as the set has them; hard: 1 if K/N > --threshold, soft: K/N, counts: the"
              + " Beta-Binomial likelihood of K of N, all from the index beside the data"
              + " (default: ${DEFAULT-VALUE})")
  public LabelSource labels = LabelSource.STORED;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      defaultValue = "0",
      description =
          "label above which a step counts as right, in [0, 1) (default: ${DEFAULT-VALUE})")
  public double threshold;

  @Option(
      names = "--max-rejected",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description =
          "share of the records that may prove unusable, a missing picture say, before the run"
              + " fails; each is listed in rejected.jsonl (default: ${DEFAULT-VALUE})")
  public double maxRejected;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "8192",
      description =
          "longest sequence; what is longer is cut at its end, with the steps there (default:"
              + " ${DEFAULT-VALUE})")
  public int maxTokens;

  @Option(
      names = "--max-tiles",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "most tiles of a record's pictures together, without thumbnails; 0: as the checkpoint"
              + " says (default: ${DEFAULT-VALUE})")
  public int maxTiles;

  @Option(
      names = "--loaders",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "threads that read records, decode pictures and tokenize (default: ${DEFAULT-VALUE})")
  public int loaders;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      defaultValue = "64",
      description = "records read ahead at most (default: ${DEFAULT-VALUE})")
  public int prefetch;

  @Option(
      names = "--vision-cache",
      paramLabel = "MB",
      defaultValue = "512",
      description =
          "memory for what the frozen vision tower made of pictures, the latest used; 0: none"
              + " (default: ${DEFAULT-VALUE})")
  public long visionCache;
}
