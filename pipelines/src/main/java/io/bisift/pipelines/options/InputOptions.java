package io.bisift.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** What a run reads. */
@Heading("Input")
public interface InputOptions extends PipelineOptions {
  @Description(
      "Annotated rollouts, JSON lines, plain or compressed (.jsonl, .jsonl.gz, .jsonl.zst): one or"
          + " more folders, files, globs or zip files, on any file system that Beam knows; e.g."
          + " raw/annotations, raw/annotations.zip, 'gs://bucket/raw/*.jsonl'")
  @Validation.Required
  @ValueName("PATH...")
  List<String> getAnnotations();

  void setAnnotations(List<String> annotations);

  @Description(
      "Folder below which the pictures are that records name; records whose picture is missing are"
          + " then rejected; e.g. raw/images. Not given: pictures are not looked for")
  @ValueName("FOLDER")
  @Nullable String getImageRoot();

  void setImageRoot(@Nullable String imageRoot);

  @Description(
      "Share of bad records, from 0 to 1, above which the run fails; 0.01 allows one in a hundred."
          + " Not given: bad records are kept aside and never fail the run")
  @ValueName("SHARE")
  @Nullable Double getMaxRejected();

  void setMaxRejected(@Nullable Double maxRejected);
}
