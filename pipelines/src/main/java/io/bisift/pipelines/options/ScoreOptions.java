package io.bisift.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How rollouts are scored. */
@Heading("Score")
public interface ScoreOptions extends PipelineOptions {
  @Description(
      "α of the Balanced-Information Score (p(1-p) + α)·R, at least 0: the larger, the more a"
          + " rollout counts whose steps are all right or all wrong; e.g. 0.2")
  @Default.Double(0.05)
  @ValueName("NUMBER")
  double getAlpha();

  void setAlpha(double alpha);
}
