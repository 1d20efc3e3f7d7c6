package io.bisift.pipelines.select;

import io.bisift.pipelines.options.DatasetOptions;
import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The options of {@code select}. */
@Heading("Score")
public interface SelectOptions extends DatasetOptions {
  @Description(
      "Fraction of each source's rollouts that is kept, above 0 and at most 1; 0.1 keeps one in ten")
  @Default.Double(0.25)
  @ValueName("FRACTION")
  double getTopRatio();

  void setTopRatio(double topRatio);
}
