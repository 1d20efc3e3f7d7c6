package io.bisift.pipelines.stream;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** What {@code stream} does instead of running on. */
@Heading("Rejected records")
public interface ReplayOptions extends PipelineOptions {
  @Description(
      "Take in rejected records that were mended, each once, and end; nothing else is read. Files as"
          + " rejected/ has them, folders of such files, or globs; e.g. sets/today/rejected. --output"
          + " names the growing set, which has the rest of what must be known")
  @ValueName("PATH...")
  @Nullable List<String> getReplay();

  void setReplay(@Nullable List<String> replay);
}
