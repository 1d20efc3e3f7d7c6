package io.bisift.pipelines.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.core.UserException;
import io.bisift.formats.log.LogCleaner;
import io.bisift.formats.log.StreamFolder;
import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.run.StreamRun;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/** {@code bisift stream}. */
public final class StreamCommand implements CliCommand {
  /** All that can be typed. */
  public interface Options extends StreamOptions, ReplayOptions {
    @Description("Print errors only: no line for each version")
    boolean getQuiet();

    void setQuiet(boolean quiet);
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String summary() {
    return "grow a training set while the annotator is still running";
  }

  @Override
  public String description() {
    return "Watches folders for annotation files, or reads rollouts from Kafka or Pub/Sub as they"
        + " come, and keeps a growing set of the most informative ones, published in numbered"
        + " versions: each is exactly what select would keep of what has come so far. Runs"
        + " until it is stopped; the same command goes on where it ended.";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift stream --annotations raw/annotations --output sets/growing",
        "bisift stream --kafka localhost:9092 --topics rollouts --cumulative --output sets/growing",
        "bisift stream --kafka broker:9092 --topics rollouts --cumulative --source-field dataset"
            + " --output gs://bucket/sets/growing --top-ratio 0.1 --publish-every 1m",
        "bisift stream --pubsub projects/my-project/subscriptions/bisift-rollouts --cumulative"
            + " --output gs://bucket/sets/growing",
        "bisift stream --kafka broker:9092 --topics rollouts --window 1d --allowed-lateness 1h"
            + " --time-field created --output sets/daily");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Options options = invocation.beamOptions(Options.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (ReplayRun.isWanted(options)) {
      new ReplayRun(invocation.screen(), options).execute();
      return ExitCode.OK;
    }
    StreamTarget target = StreamReader.target(options);
    PTransform<PBegin, PDone> graph = StreamReader.graph(options);
    StreamFolder folder = new StreamFolder(new BeamStorage(options), target.folder());
    try {
      folder.open(target.parameters());
      new LogCleaner(folder, Clock.systemUTC()).clean();
    } catch (IOException e) {
      throw UserException.failure("cannot write into " + target.folder() + ": " + e, e);
    }
    new StreamRun(invocation.screen(), options, folder, target.folder(), options.getQuiet())
        .execute("GrowSet", graph);
    return ExitCode.OK;
  }
}
