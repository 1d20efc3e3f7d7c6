package io.bisift.pipelines.stream;

import io.bisift.beam.pubsub.Acknowledge;
import io.bisift.beam.pubsub.ReadPubsub;
import io.bisift.beam.pubsub.Subscription;
import io.bisift.beam.stream.GrowFromFiles;
import io.bisift.beam.stream.GrowFromRecords;
import io.bisift.beam.stream.GrowFromSegments;
import io.bisift.beam.stream.KafkaSource;
import io.bisift.beam.stream.ReadKafka;
import io.bisift.beam.stream.RecordNames;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.core.UserException;
import io.bisift.core.stream.EventWindows;
import io.bisift.formats.log.FileSelection;
import io.bisift.formats.log.SetShape;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.storage.Storage;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.LocalPath;
import io.bisift.pipelines.options.ParameterReader;
import io.bisift.pipelines.options.TimeSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns the options of {@code stream} into its graph. */
final class StreamReader {
  private static final String ANNOTATIONS = "--annotations";
  private static final String KAFKA = "--kafka";
  private static final String PUBSUB = "--pubsub";

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
    String input = input(options);
    String imageRoot = options.getImageRoot();
    StreamParameters parameters =
        new StreamParameters(
            mode(options, input),
            options.getAlpha(),
            options.getTopRatio(),
            ParameterReader.labels(options),
            imageRoot == null ? null : LocalPath.of(imageRoot),
            options.getIdHorizon(),
            input.equals(ANNOTATIONS) ? shape(options) : null,
            windows(options));
    return new StreamTarget(
        LocalPath.of(output),
        parameters,
        Version.tool(),
        Duration.millis(TimeSpan.millis("--publish-every", options.getPublishEvery())));
  }

  private static StreamParameters.Mode mode(StreamOptions options, String input) {
    boolean files = input.equals(ANNOTATIONS);
    boolean windows = options.getWindow() != null;
    if (files && (windows || options.getCumulative())) {
      throw UserException.usage("--window and --cumulative need --kafka or --pubsub");
    }
    if (!files && windows == options.getCumulative()) {
      throw UserException.usage(
          input
              + " needs either --cumulative, a cut over all records so far, or --window, one for"
              + " each window of event time");
    }
    if (input.equals(PUBSUB)) {
      requireFit(options, windows(options));
    }
    return files
        ? StreamParameters.Mode.FILES
        : windows ? StreamParameters.Mode.WINDOWS : StreamParameters.Mode.CUMULATIVE;
  }

  /** What Pub/Sub cannot do without. */
  private static void requireFit(StreamOptions options, @Nullable EventWindows windows) {
    if (windows != null && windows.lateness() == 0) {
      throw UserException.usage(
          "--window with --pubsub needs an --allowed-lateness above 0: messages come in no order;"
              + " name how far apart in time they may come, such as 1h");
    }
    if (options.getIdHorizon() == 0) {
      throw UserException.usage(
          "--pubsub needs an --id-horizon above 0: a message that comes again is known by its id"
              + " alone");
    }
  }

  private static @Nullable EventWindows windows(StreamOptions options) {
    String window = options.getWindow();
    return window == null
        ? null
        : new EventWindows(
            TimeSpan.millis("--window", window),
            TimeSpan.millisOrNone("--allowed-lateness", options.getAllowedLateness()),
            TimeSpan.millis("--idle-after", options.getIdleAfter()));
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

  /** The option that names what is read. */
  private static String input(StreamOptions options) {
    List<String> inputs = inputs(options);
    if (inputs.isEmpty()) {
      throw UserException.usage(
          "nothing to read: name folders to watch with --annotations, brokers with --kafka, or a"
              + " subscription with --pubsub");
    }
    if (inputs.size() > 1) {
      throw UserException.usage(
          String.join(" and ", inputs) + " exclude each other: a stream has one kind of input");
    }
    if (options.getPubsubUrl() != null && !inputs.contains(PUBSUB)) {
      throw UserException.usage("--pubsub-url needs --pubsub, the subscription to read there");
    }
    return inputs.get(0);
  }

  /** The options that name something to read, as far as they are given. */
  static List<String> inputs(StreamOptions options) {
    List<String> inputs = new ArrayList<>();
    if (isGiven(options.getAnnotations())) {
      inputs.add(ANNOTATIONS);
    }
    if (options.getKafka() != null && !options.getKafka().isEmpty()) {
      inputs.add(KAFKA);
    }
    if (options.getPubsub() != null && !options.getPubsub().isEmpty()) {
      inputs.add(PUBSUB);
    }
    return inputs;
  }

  static boolean isGiven(@Nullable List<String> values) {
    return values != null && !values.isEmpty();
  }

  private static KafkaSource kafka(StreamOptions options) {
    List<String> topics = options.getTopics();
    if (topics == null || topics.isEmpty()) {
      throw UserException.usage("--topics is missing: name the topics to read");
    }
    return new KafkaSource(
        String.valueOf(options.getKafka()),
        topics,
        settings(options.getKafkaSettings()),
        names(options));
  }

  private static RecordNames names(StreamOptions options) {
    return new RecordNames(
        options.getSourceHeader(),
        options.getSourceField(),
        options.getIdHeader(),
        options.getIdField(),
        options.getTimeHeader(),
        options.getTimeField());
  }

  private static Map<String, String> settings(@Nullable List<String> given) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : given == null ? List.<String>of() : given) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw UserException.usage("--kafka-settings takes NAME=VALUE, was " + setting);
      }
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }

  /**
   * The whole pipeline.
   *
   * @throws UserException if a value is missing or makes no sense
   */
  static PTransform<PBegin, PDone> graph(StreamOptions options) {
    StreamTarget target = target(options);
    return new Graph(
        switch (input(options)) {
          case KAFKA -> new GrowFromKafka(kafka(options), target);
          case PUBSUB ->
              new GrowFromPubsub(
                  Subscription.of(String.valueOf(options.getPubsub()), options.getPubsubUrl()),
                  names(options),
                  target);
          default ->
              GrowFromFiles.of(
                  globs(options.getAnnotations()),
                  Duration.millis(TimeSpan.millis("--poll-every", options.getPollEvery())),
                  target);
        });
  }

  /** Folders as globs. */
  private static List<String> globs(@Nullable List<String> annotations) {
    return (annotations == null ? List.<String>of() : annotations)
        .stream()
            .map(LocalPath::of)
            .map(
                path ->
                    path.contains("*") || FileSelection.isSource(path.replaceFirst("^.*/", ""))
                        ? path
                        : Storage.resolve(path, "*"))
            .toList();
  }

  /** From Kafka to the growing set. */
  private static final class GrowFromKafka extends PTransform<PBegin, PCollection<Long>> {
    private final KafkaSource source;
    private final StreamTarget target;

    GrowFromKafka(KafkaSource source, StreamTarget target) {
      this.source = source;
      this.target = target;
    }

    @Override
    public PCollection<Long> expand(PBegin begin) {
      return begin
          .apply("ReadKafka", ReadKafka.of(source, target))
          .apply("Grow", GrowFromRecords.of(target).expecting(source));
    }
  }

  /** From Pub/Sub to the growing set. */
  private static final class GrowFromPubsub extends PTransform<PBegin, PCollection<Long>> {
    private final Subscription subscription;
    private final RecordNames names;
    private final StreamTarget target;

    GrowFromPubsub(Subscription subscription, RecordNames names, StreamTarget target) {
      this.subscription = subscription;
      this.names = names;
      this.target = target;
    }

    @Override
    public PCollection<Long> expand(PBegin begin) {
      return begin
          .apply("ReadPubsub", ReadPubsub.of(subscription, names, target))
          .apply("Grow", GrowFromSegments.of(target, Acknowledge.to(subscription)));
    }
  }

  /** A graph that ends. */
  private static final class Graph extends PTransform<PBegin, PDone> {
    private final PTransform<PBegin, PCollection<Long>> versions;

    Graph(PTransform<PBegin, PCollection<Long>> versions) {
      this.versions = versions;
    }

    @Override
    public PDone expand(PBegin begin) {
      begin.apply("Versions", versions);
      return PDone.in(begin.getPipeline());
    }
  }
}
