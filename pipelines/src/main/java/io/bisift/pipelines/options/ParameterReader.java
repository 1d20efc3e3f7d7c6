package io.bisift.pipelines.options;

import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns options into what a run is told. */
public final class ParameterReader {
  private static final String LOCAL_SCHEME = "file://";

  private ParameterReader() {}

  /**
   * The parameters of a run.
   *
   * @param topRatio of {@link Command#SELECT} only
   * @throws UserException if a value is missing or makes no sense
   */
  public static RunParameters read(
      DatasetOptions options, Command command, @Nullable Double topRatio) {
    Integer parallelism = options.getParallelism();
    if (parallelism != WorkOptions.NOT_GIVEN && parallelism < 1) {
      throw UserException.usage("--parallelism must be at least 1, was " + parallelism);
    }
    String imageRoot = options.getImageRoot();
    return new RunParameters(
        command,
        annotations(options),
        options.getOutput() == null ? "" : localPath(options.getOutput()),
        options.getAlpha(),
        topRatio,
        labels(options),
        options.getShards(),
        bytes("--shard-size", options.getShardSize()),
        options.getCompression().format(),
        imageRoot == null ? null : localPath(imageRoot),
        bytes("--chunk-size", options.getChunkSize()),
        options.getMaxRejected(),
        options.getForce());
  }

  private static List<String> annotations(InputOptions options) {
    List<String> annotations = options.getAnnotations();
    return annotations == null
        ? List.of()
        : annotations.stream().map(ParameterReader::localPath).toList();
  }

  /** A local path, if one was given as {@code file:///…}. */
  private static String localPath(String path) {
    return path.startsWith(LOCAL_SCHEME) ? path.substring(LOCAL_SCHEME.length()) : path;
  }

  private static LabelRule labels(LabelOptions options) {
    if (options.getLabels() == LabelRule.Kind.SOFT) {
      return LabelRule.soft();
    }
    double threshold = options.getThreshold();
    if (!(threshold >= 0 && threshold < 1)) { // written so that NaN fails too
      throw UserException.usage("--threshold must be at least 0 and below 1, was " + threshold);
    }
    return LabelRule.hard(threshold);
  }

  private static long bytes(String option, String text) {
    return ByteSize.parse(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    option + " must be a size such as 64KB, 16MB or 1GB, was " + text));
  }
}
