package io.bisift.pipelines.compare;

import io.bisift.pipelines.options.AtLeast;
import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** The options of {@code compare}. */
@Heading("Comparison")
public interface CompareOptions extends PipelineOptions {
  @Description(
      "Output folders of evaluations; the first is what the others are measured against. Names that"
          + " end in a number, such as bis-100 bis-200, are checkpoints of one training. --run can"
          + " be left out: bisift compare runs/full runs/bis-10")
  @Validation.Required
  @ValueName("FOLDER...")
  List<String> getRun();

  void setRun(List<String> run);

  @Description("File for the report, with table and plot; e.g. compare.html. Not given: none")
  @ValueName("FILE")
  @Nullable String getReport();

  void setReport(@Nullable String report);

  @Description("File for the figures as JSON. Not given: none")
  @ValueName("FILE")
  @Nullable String getJson();

  void setJson(@Nullable String json);

  @Description("Resamplings behind each 95 % interval; 0: no intervals")
  @Default.Integer(1000)
  @AtLeast(0)
  @ValueName("N")
  Integer getBootstrap();

  void setBootstrap(Integer bootstrap);

  @Description("Seed of the resampling")
  @Default.Long(0)
  @ValueName("N")
  long getSeed();

  void setSeed(long seed);
}
