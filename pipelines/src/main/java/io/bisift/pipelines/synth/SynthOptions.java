package io.bisift.pipelines.synth;

import io.bisift.pipelines.options.AtLeast;
import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import io.bisift.pipelines.options.WorkOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** All that {@code synth} can be told. */
@Heading("Work")
public interface SynthOptions extends SynthCorpusOptions, SynthFileOptions {
  /** As {@link WorkOptions#getParallelism}: Beam wants it declared alike everywhere. */
  @Description(
      "How many blocks of rollouts are made at once; e.g. 4. Not given: as many as this machine"
          + " has cores. The corpus does not depend on it")
  @Default.Integer(WorkOptions.NOT_GIVEN)
  @AtLeast(1)
  @ValueName("N")
  Integer getParallelism();

  void setParallelism(Integer parallelism);

  @Description("Print errors only: no progress, and no line at the end")
  boolean getQuiet();

  void setQuiet(boolean quiet);
}
