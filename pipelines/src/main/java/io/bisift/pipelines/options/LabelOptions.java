package io.bisift.pipelines.options;

import io.bisift.core.training.LabelRule;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** What steps are labelled with. */
@Heading("Labels")
public interface LabelOptions extends PipelineOptions {
  /** Not called labels in Java, as a job on Dataflow has labels, too. */
  @Typed("labels")
  @Description(
      "Labels of the steps. hard: 1.0 if the Monte Carlo score is above --threshold, else 0.0."
          + " soft: the score itself, e.g. 0.4375")
  @Default.Enum("HARD")
  LabelRule.Kind getStepLabels();

  void setStepLabels(LabelRule.Kind stepLabels);

  @Description(
      "Score, from 0 up to but not including 1, above which a step's hard label is 1.0; e.g. 0.5."
          + " Not given: 0. Not with soft labels")
  @ValueName("SCORE")
  @Nullable Double getThreshold();

  void setThreshold(@Nullable Double threshold);
}
