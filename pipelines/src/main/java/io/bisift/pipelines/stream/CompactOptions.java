package io.bisift.pipelines.stream;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.OutputOptions;
import io.bisift.pipelines.options.ValueName;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** The options of {@code compact}. */
@Heading("Growing set")
public interface CompactOptions extends OutputOptions {
  @Description("Folder of the growing set, which bisift stream writes; e.g. sets/growing")
  @Validation.Required
  @ValueName("FOLDER")
  @Nullable String getStream();

  void setStream(@Nullable String stream);

  @Description("Version that is made a plain set; e.g. 42. Not given: the latest")
  @ValueName("N")
  @Nullable Long getManifest();

  void setManifest(@Nullable Long manifest);
}
