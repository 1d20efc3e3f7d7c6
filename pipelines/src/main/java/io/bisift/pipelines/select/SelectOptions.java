package io.bisift.pipelines.select;

import io.bisift.pipelines.options.DatasetOptions;
import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** The options of {@code select}. */
@Heading("Score")
public interface SelectOptions extends DatasetOptions {
  @Description(
      "Fraction of each source's rollouts that is kept, above 0 and at most 1; 0.1 keeps one in ten")
  @Default.Double(0.25)
  @ValueName("FRACTION")
  double getTopRatio();

  void setTopRatio(double topRatio);

  @Description(
      "One of several sets that are made from one scan, each in a folder of its own below --output:"
          + " the score, bis, and its α and fraction; e.g. --subset bis:alpha=0.2,ratio=0.1"
          + " bis:alpha=0.05,ratio=0.25 writes bis-alpha-0.2-ratio-0.1 and"
          + " bis-alpha-0.05-ratio-0.25. What is left out is --alpha or --top-ratio")
  @ValueName("SET...")
  @Nullable List<String> getSubset();

  void setSubset(@Nullable List<String> subset);
}
