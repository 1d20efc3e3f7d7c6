package io.bisift.formats.testkit;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunParameters;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Run parameters with defaults, changed one at a time. */
public record Parameters(
    Command command,
    List<String> annotations,
    String output,
    double alpha,
    @Nullable Double topRatio,
    LabelRule labels,
    @Nullable Integer shards,
    long shardSize,
    Compression compression,
    @Nullable String imageRoot,
    long chunkSize,
    @Nullable Double maxRejected,
    boolean force) {

  /** All of some annotations, converted with hard labels into one shard. */
  public static Parameters convert(Path annotations, Path output) {
    return new Parameters(
        Command.CONVERT,
        List.of(annotations.toString()),
        output.toString(),
        0.05,
        null,
        LabelRule.hard(0),
        1,
        1 << 20,
        Compression.NONE,
        null,
        1 << 20,
        null,
        false);
  }

  /** The best fraction of some annotations, with hard labels, in one shard. */
  public static Parameters select(Path annotations, Path output, Golden.Selection selection) {
    Parameters all = convert(annotations, output);
    return new Parameters(
        Command.SELECT,
        all.annotations,
        all.output,
        selection.alpha(),
        selection.ratio(),
        all.labels,
        all.shards,
        all.shardSize,
        all.compression,
        null,
        all.chunkSize,
        null,
        false);
  }

  public Parameters withLabels(LabelRule value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        value,
        shards,
        shardSize,
        compression,
        imageRoot,
        chunkSize,
        maxRejected,
        force);
  }

  public Parameters withShards(@Nullable Integer value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        value,
        shardSize,
        compression,
        imageRoot,
        chunkSize,
        maxRejected,
        force);
  }

  public Parameters withShardSize(long value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        null,
        value,
        compression,
        imageRoot,
        chunkSize,
        maxRejected,
        force);
  }

  public Parameters withCompression(Compression value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        shards,
        shardSize,
        value,
        imageRoot,
        chunkSize,
        maxRejected,
        force);
  }

  public Parameters withImageRoot(@Nullable String value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        shards,
        shardSize,
        compression,
        value,
        chunkSize,
        maxRejected,
        force);
  }

  public Parameters withChunkSize(long value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        shards,
        shardSize,
        compression,
        imageRoot,
        value,
        maxRejected,
        force);
  }

  public Parameters withMaxRejected(@Nullable Double value) {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        shards,
        shardSize,
        compression,
        imageRoot,
        chunkSize,
        value,
        force);
  }

  public Parameters withForce() {
    return new Parameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        shards,
        shardSize,
        compression,
        imageRoot,
        chunkSize,
        maxRejected,
        true);
  }

  /** What a run is told. */
  public RunParameters build() {
    return new RunParameters(
        command,
        annotations,
        output,
        alpha,
        topRatio,
        labels,
        shards,
        shardSize,
        compression,
        imageRoot,
        chunkSize,
        maxRejected,
        force);
  }
}
