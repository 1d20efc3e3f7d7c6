package io.bisift.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** What a run writes, and where. */
@Heading("Output")
public interface OutputOptions extends PipelineOptions {
  @Description(
      "Folder for the set: new, empty, or left by an unfinished run; e.g. sets/bis-25,"
          + " gs://bucket/sets/bis-25")
  @Validation.Required
  @ValueName("FOLDER")
  @Nullable String getOutput();

  void setOutput(@Nullable String output);

  @Description("Replace the complete set that --output holds")
  boolean getForce();

  void setForce(boolean force);

  @Description("Number of data files; e.g. 8. Not given: as many as --shard-size asks for")
  @ValueName("N")
  @Nullable Integer getShards();

  void setShards(@Nullable Integer shards);

  @Description(
      "Size of a data file, in bytes or with a unit (64KB, 1.5GB; 1 KB = 1024 bytes), measured on"
          + " the annotation lines that go into it")
  @Default.String("256MB")
  @ValueName("SIZE")
  String getShardSize();

  void setShardSize(String shardSize);

  @Description("Compression of the data files; e.g. zstd")
  @Default.Enum("NONE")
  ShardCompression getCompression();

  void setCompression(ShardCompression compression);
}
