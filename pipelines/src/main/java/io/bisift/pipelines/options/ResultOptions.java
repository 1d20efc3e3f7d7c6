package io.bisift.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** What an evaluation or a reranking writes, and how sure its figures are. */
@Heading("Output")
public interface ResultOptions extends PipelineOptions {
  @Description("Folder for the outcome: new, empty, or left by an unfinished run; e.g. runs/bis-10")
  @Validation.Required
  @ValueName("FOLDER")
  @Nullable String getOutput();

  void setOutput(@Nullable String output);

  @Description("Replace the complete outcome that --output holds")
  boolean getForce();

  void setForce(boolean force);

  @Description("Resamplings behind each 95 % interval; 0: no intervals")
  @Default.Integer(1000)
  @AtLeast(0)
  @ValueName("N")
  Integer getBootstrap();

  void setBootstrap(Integer bootstrap);

  @Description("Seed of whatever is drawn at random")
  @Default.Long(0)
  @ValueName("N")
  long getSeed();

  void setSeed(long seed);

  @Description(
      "Share of bad items, from 0 to 1, above which the run fails. Not given: bad items are kept"
          + " aside and never fail the run")
  @ValueName("SHARE")
  @Nullable Double getMaxRejected();

  void setMaxRejected(@Nullable Double maxRejected);

  /** Beam's Flink runner has this option too, so type and default are the same as there. */
  @Description("How many pieces are worked on at once. The outcome does not depend on it")
  @Default.Integer(WorkOptions.NOT_GIVEN)
  @AtLeast(1)
  @ValueName("N")
  Integer getParallelism();

  void setParallelism(Integer parallelism);
}
