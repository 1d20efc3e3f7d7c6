package io.bisift.pipelines.options;

import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns options into what a run is told. */
public final class ParameterReader {
  private ParameterReader() {}

  /**
   * The parameters of a run.
   *
   * @param topRatio of {@link Command#SELECT} only
   * @throws UserException if a value is missing or makes no sense
   */
  public static RunParameters read(
      DatasetOptions options, Command command, @Nullable Double topRatio) {
    String imageRoot = options.getImageRoot();
    return new RunParameters(
        command,
        annotations(options),
        output(options),
        options.getAlpha(),
        topRatio,
        labels(options),
        options.getShards(),
        bytes("--shard-size", options.getShardSize()),
        options.getCompression().format(),
        imageRoot == null ? null : LocalPath.of(imageRoot),
        bytes("--chunk-size", options.getChunkSize()),
        options.getMaxRejected(),
        options.getForce());
  }

  private static String output(OutputOptions options) {
    String output = options.getOutput();
    if (output != null && !output.isEmpty()) {
      return LocalPath.of(output);
    }
    if (options instanceof ClientOptions client && client.getDryRun()) {
      return "";
    }
    throw UserException.usage("--output is missing: name a folder that does not exist yet");
  }

  private static List<String> annotations(InputOptions options) {
    List<String> annotations = options.getAnnotations();
    return annotations == null ? List.of() : annotations.stream().map(LocalPath::of).toList();
  }

  /**
   * How steps are labelled.
   *
   * @throws UserException if a value makes no sense
   */
  public static LabelRule labels(LabelOptions options) {
    Double given = options.getThreshold();
    if (options.getStepLabels() == LabelRule.Kind.SOFT) {
      if (given != null) {
        throw UserException.usage("--threshold belongs to --labels hard");
      }
      return LabelRule.soft();
    }
    double threshold = given == null ? 0 : given;
    if (!(threshold >= 0 && threshold < 1)) { // written so that NaN fails too
      throw UserException.usage("--threshold must be at least 0 and below 1, was " + threshold);
    }
    return LabelRule.hard(threshold);
  }

  /** The bytes that a size means. */
  public static long bytes(String option, String text) {
    return ByteSize.parse(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    option + " must be a size such as 64KB, 16MB or 1GB, was " + text));
  }
}
