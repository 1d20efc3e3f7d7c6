package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.core.select.TopFraction;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run was told.
 *
 * @param annotations folders, globs, files or zip files
 * @param output the folder that is written; empty where nothing is
 * @param alpha α of the BIS
 * @param topRatio ρ, of {@link Command#SELECT} only
 * @param shards data shards, or null: as many as the shard size asks for
 * @param shardSize input bytes of the records of a shard, where their number is not given
 * @param compression of the data shards
 * @param imageRoot where pictures are looked for, or null: nowhere
 * @param chunkSize bytes of a range
 * @param maxRejected share of records above which the run fails, or null: never
 * @param force whether a complete set in the output folder may be replaced
 */
public record RunParameters(
    Command command,
    List<String> annotations,
    String output,
    double alpha,
    @Nullable Double topRatio,
    LabelRule labels,
    @Nullable Integer shards,
    long shardSize,
    Compression compression,
    @Nullable String imageRoot,
    long chunkSize,
    @Nullable Double maxRejected,
    boolean force)
    implements Serializable {
  private static final long MIN_CHUNK = 64;

  /**
   * @throws UserException if a value makes no sense
   */
  public RunParameters {
    annotations = List.copyOf(annotations);
    require(!annotations.isEmpty(), "--annotations is missing: name a folder, glob or file");
    require(
        alpha >= 0 && alpha < Double.POSITIVE_INFINITY,
        "--alpha must be a number of at least 0, was " + alpha);
    require((command == Command.SELECT) == (topRatio != null), "--top-ratio belongs to select");
    require(
        topRatio == null || (topRatio > 0 && topRatio <= 1),
        "--top-ratio must be above 0 and at most 1, was " + topRatio);
    require(shards == null || shards > 0, "--shards must be at least 1, was " + shards);
    require(shardSize > 0, "--shard-size must be at least 1 byte, was " + shardSize);
    require(
        chunkSize >= MIN_CHUNK,
        "--chunk-size must be at least " + MIN_CHUNK + " bytes, was " + chunkSize);
    require(
        maxRejected == null || (maxRejected >= 0 && maxRejected <= 1),
        "--max-rejected must be between 0 and 1, was " + maxRejected);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw UserException.usage(message);
    }
  }

  /** The fraction to keep; only of {@link Command#SELECT}. */
  public TopFraction topFraction() {
    if (topRatio == null) {
      throw new IllegalStateException(command.word() + " keeps everything");
    }
    return new TopFraction(topRatio);
  }

  /** Whether another run reads the same and makes the same records of it. */
  boolean likewise(RunParameters other) {
    return command == other.command
        && annotations.equals(other.annotations)
        && labels.equals(other.labels)
        && Objects.equals(imageRoot, other.imageRoot)
        && chunkSize == other.chunkSize;
  }

  /** The same with another ranking, another fraction and another folder. */
  public RunParameters subset(double otherAlpha, double otherRatio, String otherOutput) {
    return new RunParameters(
        command,
        annotations,
        otherOutput,
        otherAlpha,
        otherRatio,
        labels,
        shards,
        shardSize,
        compression,
        imageRoot,
        chunkSize,
        maxRejected,
        force);
  }
}
