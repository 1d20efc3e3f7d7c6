package io.bisift.formats.testkit;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunParameters;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Run parameters with defaults, changed one at a time; each change gives new ones. */
public final class Parameters implements Cloneable {
  private final String annotations;
  private final String output;
  private Command command = Command.CONVERT;
  private double alpha = 0.05;
  private @Nullable Double topRatio;
  private LabelRule labels = LabelRule.hard(0);
  private @Nullable Integer shards = 1;
  private long shardSize = 1 << 20;
  private Compression compression = Compression.NONE;
  private @Nullable String imageRoot;
  private long chunkSize = 1 << 20;
  private @Nullable Double maxRejected;
  private boolean force;

  private Parameters(Path annotations, Path output) {
    this.annotations = annotations.toString();
    this.output = output.toString();
  }

  /** All of some annotations, converted with hard labels into one shard. */
  public static Parameters convert(Path annotations, Path output) {
    return new Parameters(annotations, output);
  }

  /** The best fraction of some annotations, with hard labels, in one shard. */
  public static Parameters select(Path annotations, Path output, Golden.Selection selection) {
    return convert(annotations, output)
        .with(
            changed -> {
              changed.command = Command.SELECT;
              changed.alpha = selection.alpha();
              changed.topRatio = selection.ratio();
            });
  }

  private Parameters with(Consumer<Parameters> change) {
    try {
      Parameters changed = (Parameters) clone();
      change.accept(changed);
      return changed;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  public Parameters withLabels(LabelRule value) {
    return with(changed -> changed.labels = value);
  }

  public Parameters withShards(@Nullable Integer value) {
    return with(changed -> changed.shards = value);
  }

  /** As many shards as this size asks for. */
  public Parameters withShardSize(long value) {
    return withShards(null).with(changed -> changed.shardSize = value);
  }

  public Parameters withCompression(Compression value) {
    return with(changed -> changed.compression = value);
  }

  public Parameters withImageRoot(@Nullable String value) {
    return with(changed -> changed.imageRoot = value);
  }

  public Parameters withChunkSize(long value) {
    return with(changed -> changed.chunkSize = value);
  }

  public Parameters withMaxRejected(@Nullable Double value) {
    return with(changed -> changed.maxRejected = value);
  }

  public Parameters withForce() {
    return with(changed -> changed.force = true);
  }

  /** What a run is told. */
  public RunParameters build() {
    return new RunParameters(
        command,
        List.of(annotations),
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
