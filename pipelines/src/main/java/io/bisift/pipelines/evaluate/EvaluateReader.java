package io.bisift.pipelines.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.metrics.Evaluation;
import io.bisift.core.metrics.ThresholdRule;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.pipelines.options.LocalPath;
import io.bisift.pipelines.options.ScorerOptions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns options into what an evaluation is told. */
public final class EvaluateReader {
  private EvaluateReader() {}

  /**
   * What the options mean together.
   *
   * @throws UserException if a value is missing or makes no sense
   */
  public static EvaluationParameters read(EvaluateOptions options) {
    String imageRoot = options.getImageRoot();
    return new EvaluationParameters(
        paths(options.getAnnotations()),
        imageRoot == null ? null : LocalPath.of(imageRoot),
        scorer(options),
        paths(options.getScores()),
        paths(options.getCalibration()),
        options.getOutput() == null ? "" : LocalPath.of(options.getOutput()),
        new Evaluation.Settings(
            threshold(options.getThreshold(), options.getFolds()),
            options.getBootstrap(),
            options.getSeed()),
        options.getShards(),
        options.getBatchSize(),
        options.getMaxRejected(),
        options.getForce());
  }

  /** Paths as they were given; none where nothing was. */
  public static List<String> paths(@Nullable List<String> given) {
    return given == null ? List.of() : given.stream().map(LocalPath::of).toList();
  }

  private static ThresholdRule threshold(String text, int folds) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "reference" -> ThresholdRule.of(ThresholdRule.Kind.REFERENCE);
      case "optimum" -> ThresholdRule.of(ThresholdRule.Kind.OPTIMUM);
      case "calibration" -> ThresholdRule.of(ThresholdRule.Kind.CALIBRATION);
      case "kfold" -> ThresholdRule.kfold(folds);
      default -> {
        try {
          yield ThresholdRule.fixed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
          throw UserException.usage(
              "--threshold must be a number, reference, optimum, kfold or calibration, was '"
                  + text
                  + "'");
        }
      }
    };
  }

  /** What the options mean; null where no checkpoint is named. */
  public static EvaluationParameters.@Nullable Scorer scorer(ScorerOptions options) {
    String checkpoint = options.getCheckpoint();
    return checkpoint == null
        ? null
        : new EvaluationParameters.Scorer(
            LocalPath.of(checkpoint),
            options.getPrompt(),
            options.getPictures(),
            options.getMaxTiles(),
            options.getDevice(),
            options.getPrecision());
  }
}
