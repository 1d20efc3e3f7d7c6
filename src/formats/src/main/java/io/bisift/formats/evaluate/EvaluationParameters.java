package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.metrics.Evaluation;
import io.bisift.core.metrics.ThresholdRule;
import io.bisift.core.scoring.ScorerSettings;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an evaluation was told.
 *
 * @param annotations benchmark files, or none: ready scores are taken
 * @param imageRoot where pictures lie, or null: beside nothing, so that names must be whole paths
 * @param scorer how annotations are scored; null with ready scores
 * @param scores files of ready scores, or none
 * @param calibration files of ready scores that the threshold is found on, or none
 * @param output the folder that is written
 * @param shards files of scores
 * @param batchSize items that are scored, and kept, together
 * @param maxRejected share of items above which the run fails, or null: never
 * @param force whether a complete evaluation in the output folder may be replaced
 */
public record EvaluationParameters(
    List<String> annotations,
    @Nullable String imageRoot,
    @Nullable Scorer scorer,
    List<String> scores,
    List<String> calibration,
    String output,
    Evaluation.Settings settings,
    int shards,
    int batchSize,
    @Nullable Double maxRejected,
    boolean force)
    implements ResultParameters {
  private static final List<String> PATHS =
      List.of("annotations", "image_root", "scores", "calibration", "candidates");

  /** {@link ScorerSettings} in a form that travels. */
  public record Scorer(
      String checkpoint,
      ScorerSettings.PromptText prompt,
      ScorerSettings.PictureLayout pictures,
      @Nullable Integer maxTiles,
      String device,
      ScorerSettings.Precision precision)
      implements Serializable {
    void putInto(Map<String, Object> options) {
      options.put("checkpoint", checkpoint);
      options.put("prompt", prompt);
      options.put("pictures", pictures);
      put(options, "max_tiles", maxTiles);
      options.put("device", device);
      options.put("precision", precision);
    }

    public ScorerSettings settings() {
      return new ScorerSettings(
          checkpoint, prompt, pictures, Optional.ofNullable(maxTiles), device, precision);
    }
  }

  /**
   * @throws UserException if a value makes no sense
   */
  public EvaluationParameters {
    annotations = List.copyOf(annotations);
    scores = List.copyOf(scores);
    calibration = List.copyOf(calibration);
    require(!output.isEmpty(), "--output is missing: name a folder that does not exist yet");
    require(
        scores.isEmpty() == (scorer != null),
        scores.isEmpty()
            ? "name --checkpoint and --annotations to score items, or --scores with ready scores"
            : "--checkpoint scores items, --scores takes ready scores: name one of them");
    require(
        scorer == null || !annotations.isEmpty(),
        "--annotations is missing: name the benchmark's test.jsonl");
    require(
        scorer != null || annotations.isEmpty(),
        "--annotations goes with --checkpoint; ready scores have labels of their own");
    boolean calibrated = settings.threshold().kind() == ThresholdRule.Kind.CALIBRATION;
    require(
        calibrated != calibration.isEmpty(),
        calibrated
            ? "--threshold calibration needs --calibration with scores to find it on"
            : "--calibration goes with --threshold calibration");
    require(shards >= 1, "--shards must be at least 1, was " + shards);
    require(batchSize >= 1, "--batch-size must be at least 1, was " + batchSize);
    require(
        maxRejected == null || (maxRejected >= 0 && maxRejected <= 1),
        "--max-rejected must be between 0 and 1, was " + maxRejected);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw UserException.usage(message);
    }
  }

  @Override
  public List<String> inputs() {
    return scorer == null ? scores : annotations;
  }

  @Override
  public String inputOption() {
    return scorer == null ? "scores" : "annotations";
  }

  @Override
  public Stream<String> paths() {
    return Stream.concat(ResultParameters.super.paths(), calibration.stream());
  }

  /** What the outcome depends on besides what files hold: without their places. */
  Map<String, Object> withoutPaths() {
    return withoutPaths(asOptions());
  }

  static Map<String, Object> withoutPaths(Map<String, Object> options) {
    PATHS.forEach(options::remove);
    options.computeIfPresent("checkpoint", (key, path) -> name(path.toString()));
    return options;
  }

  /** The last part of a path. */
  static String name(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  @Override
  public Map<String, Object> asOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("command", "evaluate");
    put(options, "annotations", annotations.isEmpty() ? null : annotations);
    put(options, "image_root", imageRoot);
    if (scorer != null) {
      scorer.putInto(options);
      options.put("batch_size", batchSize);
    }
    put(options, "scores", scores.isEmpty() ? null : scores);
    put(options, "calibration", calibration.isEmpty() ? null : calibration);
    ThresholdRule rule = settings.threshold();
    options.put("threshold", rule.kind().word());
    put(options, "value", rule.kind() == ThresholdRule.Kind.FIXED ? rule.value() : null);
    put(options, "folds", rule.kind() == ThresholdRule.Kind.KFOLD ? rule.folds() : null);
    options.put("bootstrap", settings.replicates());
    options.put("seed", settings.seed());
    options.put("shards", shards);
    return options;
  }

  private static void put(Map<String, Object> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}
