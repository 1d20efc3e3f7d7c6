package io.bisift.pipelines.stream;

import io.bisift.beam.stream.GrowFromFiles;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.core.UserException;
import io.bisift.formats.log.FileSelection;
import io.bisift.formats.log.SetShape;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.storage.Storage;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.LocalPath;
import io.bisift.pipelines.options.ParameterReader;
import io.bisift.pipelines.options.TimeSpan;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;

/** Turns the options of {@code stream} into its graph. */
final class StreamReader {
  /** A file's ids are line numbers: none can come twice. */
  private static final int NO_IDS = 0;

  private StreamReader() {}

  /**
   * Where the set goes.
   *
   * @throws UserException if a value is missing or makes no sense
   */
  static StreamTarget target(StreamOptions options) {
    String output = options.getOutput();
    if (output == null || output.isEmpty()) {
      throw UserException.usage("--output is missing: name a folder");
    }
    String imageRoot = options.getImageRoot();
    StreamParameters parameters =
        new StreamParameters(
            StreamParameters.Mode.FILES,
            options.getAlpha(),
            options.getTopRatio(),
            ParameterReader.labels(options),
            imageRoot == null ? null : LocalPath.of(imageRoot),
            NO_IDS,
            shape(options));
    return new StreamTarget(
        LocalPath.of(output),
        parameters,
        Version.tool(),
        Duration.millis(TimeSpan.millis("--publish-every", options.getPublishEvery())));
  }

  private static SetShape shape(StreamOptions options) {
    Integer shards = options.getShards();
    if (shards != null && shards < 1) {
      throw UserException.usage("--shards must be at least 1, was " + shards);
    }
    return new SetShape(
        shards,
        ParameterReader.bytes("--shard-size", options.getShardSize()),
        options.getCompression().format());
  }

  /**
   * The whole pipeline.
   *
   * @throws UserException if a value is missing or makes no sense
   */
  static PTransform<PBegin, PDone> graph(StreamOptions options) {
    List<String> annotations = options.getAnnotations();
    if (annotations == null || annotations.isEmpty()) {
      throw UserException.usage("--annotations is missing: name folders to watch, or globs");
    }
    Duration pollEvery = Duration.millis(TimeSpan.millis("--poll-every", options.getPollEvery()));
    return new Graph(
        GrowFromFiles.of(
            annotations.stream().map(StreamReader::glob).toList(), pollEvery, target(options)));
  }

  /** A folder as a glob. */
  private static String glob(String annotations) {
    String path = LocalPath.of(annotations);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return path.contains("*") || FileSelection.isSource(name) ? path : Storage.resolve(path, "*");
  }

  /** A graph that ends. */
  private static final class Graph extends PTransform<PBegin, PDone> {
    private final GrowFromFiles versions;

    Graph(GrowFromFiles versions) {
      this.versions = versions;
    }

    @Override
    public PDone expand(PBegin begin) {
      begin.apply("Versions", versions);
      return PDone.in(begin.getPipeline());
    }
  }
}
