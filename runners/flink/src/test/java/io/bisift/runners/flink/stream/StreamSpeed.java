package io.bisift.runners.flink.stream;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.runners.flink.cluster.ClusterSettings;
import io.bisift.runners.flink.cluster.LocalCluster;
import io.bisift.runners.flink.cluster.Submission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How fast a cluster of two workers makes a growing set of what a Kafka broker has already, and
 * what its checkpoints hold on the way. Called by {@code src/benchmarks/streaming}, which says how.
 */
final class StreamSpeed {
  private static final String TOPIC = "rollouts";
  private static final int PARTITIONS = 4;
  private static final long MEGA = 1_000_000;

  private final Path folder;
  private final Path corpus;
  private final List<String> more;

  private StreamSpeed(Path folder, Path corpus, List<String> more) {
    this.folder = folder;
    this.corpus = corpus;
    this.more = more;
  }

  /**
   * Measures.
   *
   * @param args an empty folder for all files, a corpus, arguments of {@code stream} in place of
   *     {@code --cumulative}
   */
  public static void main(String[] args) throws Exception {
    new StreamSpeed(
            Path.of(args[0]).toAbsolutePath(),
            Path.of(args[1]).toAbsolutePath(),
            Arrays.asList(args).subList(2, args.length))
        .run();
  }

  private void run() throws Exception {
    LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), Path.of("dist/target"));
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"))) {
      broker.createTopic(TOPIC, PARTITIONS);
      long records = new RolloutTopic(broker, TOPIC, PARTITIONS).fill(corpus);
      long megabytes = size(corpus) / MEGA;
      System.out.printf("%,d rollouts (%,d MB) are in Kafka%n", records, megabytes);
      cluster.start(new ClusterSettings(2, 1, 0, 1024, null));
      List<String> args =
          new ArrayList<>(
              List.of(
                  "--kafka=" + broker.servers(),
                  "--topics=" + TOPIC,
                  "--output=" + folder.resolve("set"),
                  "--publish-every=2s",
                  "--checkpointing-interval=2000",
                  "--max-bundle-size=100000",
                  "--state-backend=filesystem",
                  "--state-backend-storage-path=" + folder.resolve("checkpoints").toUri()));
      args.addAll(more.isEmpty() ? List.of("--cumulative") : more);
      long submitted = System.nanoTime();
      new Submission(cluster.rest(), Path.of("target/bisift-flink.jar").toAbsolutePath())
          .start("stream", args);
      watch(records, submitted);
    } finally {
      cluster.stop();
    }
  }

  /** Prints a line for each version. */
  private void watch(long records, long submitted) throws Exception {
    StreamFolder stream = new StreamFolder(new LocalStorage(), folder.resolve("set").toString());
    System.out.println("version  seconds   records  rollouts/s  checkpoint  sums");
    long version = 0;
    long seen = 0;
    long first = 0;
    double firstSeconds = 0;
    double seconds = 0;
    while (seen < records) {
      Thread.sleep(20);
      long latest = stream.latestVersion();
      if (latest == version) {
        continue;
      }
      double now = (System.nanoTime() - submitted) / 1e9;
      long total = stream.manifest(latest).totals().records();
      double rate = version == 0 ? 0 : (total - seen) / (now - seconds);
      System.out.printf(
          "%7d %8.1f %9d %11.0f %8d KB %3d KB%n",
          latest, now, total, rate, checkpoint() / 1000, size(folder.resolve("set/sums")) / 1000);
      if (version == 0) {
        first = total;
        firstSeconds = now;
      }
      version = latest;
      seen = total;
      seconds = now;
    }
    System.out.printf(
        "%.1f s in all; from the first version on %,.0f rollouts/s%n",
        seconds, (records - first) / (seconds - firstSeconds));
  }

  /** Bytes of the latest checkpoint. */
  private long checkpoint() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(checkpoints, 2)) {
      Optional<Path> latest =
          all.filter(path -> Files.exists(path.resolve("_metadata")))
              .max(Comparator.comparingInt(StreamSpeed::number));
      return latest.isEmpty() ? 0 : size(latest.get());
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replaceAll("\\D", ""));
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(StreamSpeed::bytes).sum();
    } catch (UncheckedIOException e) {
      return 0; // a checkpoint that is being replaced
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0; // just replaced
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
