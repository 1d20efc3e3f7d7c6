package io.bisift.pipelines.stream;

import io.bisift.core.UserException;
import io.bisift.formats.log.Compaction;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.LocalPath;
import io.bisift.pipelines.options.ParameterReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** {@code bisift compact}. */
public final class CompactCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends CompactOptions {
    @Description("Print errors only: no line at the end")
    boolean getQuiet();

    void setQuiet(boolean quiet);
  }

  @Override
  public String name() {
    return "compact";
  }

  @Override
  public String summary() {
    return "turn a version of a growing set into a plain training set";
  }

  @Override
  public String description() {
    return "Writes the records that a version of a growing set keeps as plain data files, in source"
        + " and arrival order: the bytes that select writes for the same records. The growing set"
        + " stays as it is, and may go on growing meanwhile.";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public boolean takesBeamOptions() {
    return false;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift compact --stream sets/growing --output sets/today",
        "bisift compact --stream gs://bucket/sets/growing --manifest 42 --output sets/version-42"
            + " --shards 8 --compression zstd");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Options options = invocation.options(Options.class);
    Storage storage = Storages.any();
    String folder = folder("--stream", options.getStream());
    StreamFolder stream = new StreamFolder(storage, folder);
    StreamParameters parameters =
        stream
            .parameters()
            .orElseThrow(() -> UserException.usage(folder + " is no growing set of bisift stream"));
    Long given = options.getManifest();
    long version = given == null ? stream.latestVersion() : given;
    if (version < 1) {
      throw UserException.failure(folder + " has no version yet");
    }
    stream.manifest(version); // told before anything is written
    RunParameters run =
        Compaction.parameters(
            stream,
            version,
            parameters,
            folder("--output", options.getOutput()),
            options.getShards(),
            ParameterReader.bytes("--shard-size", options.getShardSize()),
            options.getCompression().format(),
            options.getForce());
    Manifest manifest =
        new Compaction(storage, stream, version, run, Version.tool())
            .write(UUID.randomUUID().toString());
    if (!options.getQuiet()) {
      invocation
          .screen()
          .result(
              String.format(
                  Locale.ROOT,
                  "%s: version %,d, %,d records in %,d data files",
                  run.output(),
                  version,
                  manifest.totals().written(),
                  manifest.shards().size()));
    }
    return ExitCode.OK;
  }

  private static String folder(String option, @Nullable String given) {
    if (given == null || given.isEmpty()) {
      throw UserException.usage(option + " is missing: name a folder");
    }
    return LocalPath.of(given);
  }
}
