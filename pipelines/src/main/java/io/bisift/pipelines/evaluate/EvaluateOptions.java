package io.bisift.pipelines.evaluate;

import io.bisift.pipelines.options.AtLeast;
import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ResultOptions;
import io.bisift.pipelines.options.ScorerOptions;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** The options of {@code evaluate}. */
@Heading("Evaluation")
public interface EvaluateOptions extends ScorerOptions, ResultOptions {
  @Description(
      "Benchmark items as in VisualProcessBench's test.jsonl, to be scored with --checkpoint:"
          + " files, folders or globs; e.g. VisualProcessBench/test.jsonl")
  @ValueName("PATH...")
  @Nullable List<String> getAnnotations();

  void setAnnotations(@Nullable List<String> annotations);

  @Description(
      "Ready scores instead of a checkpoint: scores.jsonl as this command writes it, the output"
          + " folder of an evaluation, or the reference's results, a JSON array; e.g."
          + " results/visualprocessbench_250101.json")
  @ValueName("PATH...")
  @Nullable List<String> getScores();

  void setScores(@Nullable List<String> scores);

  @Description(
      "Score from which on a step is taken for right: a number; reference (the reference's sweep)"
          + " or optimum (the best of all), both tuned on the very steps they are judged by; kfold"
          + " (each part at the optimum of the others); calibration (the optimum of"
          + " --calibration)")
  @Default.String("0.5")
  @ValueName("SCORE|KIND")
  String getThreshold();

  void setThreshold(String threshold);

  @Description("Ready scores that the threshold is found on, with --threshold calibration")
  @ValueName("PATH...")
  @Nullable List<String> getCalibration();

  void setCalibration(@Nullable List<String> calibration);

  @Description("Parts of the items with --threshold kfold")
  @Default.Integer(5)
  @AtLeast(2)
  @ValueName("K")
  Integer getFolds();

  void setFolds(Integer folds);

  @Description("Number of files of scores")
  @Default.Integer(1)
  @AtLeast(1)
  @ValueName("N")
  Integer getShards();

  void setShards(Integer shards);
}
