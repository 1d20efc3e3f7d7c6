package io.bisift.pipelines.stream;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ShardCompression;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Where whole files come from. */
@Heading("Files")
public interface FileOptions extends PipelineOptions {
  @Description(
      "Folders to watch for annotation files (.jsonl, .jsonl.gz, .jsonl.zst), or globs; e.g. raw,"
          + " 'gs://bucket/raw/*.jsonl'. A file is a source, complete when it appears under its"
          + " name: write it elsewhere and move it")
  @ValueName("PATH...")
  @Nullable List<String> getAnnotations();

  void setAnnotations(@Nullable List<String> annotations);

  @Description("How often there is a look for new files; e.g. 5s, 1m")
  @Default.String("10s")
  @ValueName("TIME")
  String getPollEvery();

  void setPollEvery(String pollEvery);

  @Description(
      "Data files per annotation file; e.g. 1. Not given: as many as --shard-size asks for")
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
