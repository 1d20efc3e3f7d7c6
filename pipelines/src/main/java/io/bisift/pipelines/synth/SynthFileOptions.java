package io.bisift.pipelines.synth;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ShardCompression;
import io.bisift.pipelines.options.ValueName;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** How a made-up corpus is stored. */
@Heading("Files")
public interface SynthFileOptions extends PipelineOptions {
  @Description(
      "Folder for the annotation files on this machine: new, empty, or left by an unfinished"
          + " synth; e.g. corpora/small")
  @Validation.Required
  @ValueName("FOLDER")
  @Nullable String getOutput();

  void setOutput(@Nullable String output);

  @Description(
      "Replace the corpus that --output holds. Files there that synth did not write stay as they"
          + " are")
  boolean getForce();

  void setForce(boolean force);

  @Description("Put the rollouts of all sources into one source")
  boolean getSingleSource();

  void setSingleSource(boolean singleSource);

  @Description(
      "Number of files, each of them a source when it is read; e.g. 100000. Not given: one for"
          + " each of the 38 published sources, or one with --single-source")
  @ValueName("N")
  @Nullable Integer getFiles();

  void setFiles(@Nullable Integer files);

  @Description("Compression of the files; e.g. zstd")
  @Default.Enum("NONE")
  ShardCompression getCompression();

  void setCompression(ShardCompression compression);
}
