package io.bisift.pipelines.stream;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.LabelOptions;
import io.bisift.pipelines.options.ScoreOptions;
import io.bisift.pipelines.options.ValueName;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** The options of {@code stream}. */
@Heading("Growing set")
public interface StreamOptions extends FileOptions, RecordOptions, ScoreOptions, LabelOptions {
  @Description(
      "Folder for the set: new, empty, or of an earlier run of the same stream, which goes on; e.g."
          + " sets/growing, gs://bucket/sets/growing")
  @Validation.Required
  @ValueName("FOLDER")
  @Nullable String getOutput();

  void setOutput(@Nullable String output);

  @Description(
      "Fraction of each source's rollouts that is kept, above 0 and at most 1; 0.1 keeps one in"
          + " ten")
  @Default.Double(0.25)
  @ValueName("FRACTION")
  double getTopRatio();

  void setTopRatio(double topRatio);

  @Description("How long new records wait for the next version of the set, at most; e.g. 30s, 5m")
  @Default.String("10s")
  @ValueName("TIME")
  String getPublishEvery();

  void setPublishEvery(String publishEvery);

  @Description(
      "Folder below which the pictures are that records name; records whose picture is missing are"
          + " then rejected; e.g. raw/images. Not given: pictures are not looked for")
  @ValueName("FOLDER")
  @Nullable String getImageRoot();

  void setImageRoot(@Nullable String imageRoot);
}
