package io.bisift.runners.flink.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamManifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.runners.flink.Sets;
import io.bisift.runners.flink.cluster.ClusterSettings;
import io.bisift.runners.flink.cluster.LocalCluster;
import io.bisift.runners.flink.cluster.Submission;
import io.bisift.runners.flink.rest.JobStatus;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real broker and a real cluster, parts of which are killed while records come: the growing set
 * is in the end what select makes of the same records, byte for byte.
 */
@Timeout(600)
class StreamIT {
  private static final String TOPIC = "rollouts";
  private static final int PARTITIONS = 3;

  @TempDir Path folder;

  private Path set;
  private KafkaBroker broker;
  private LocalCluster cluster;
  private RolloutTopic topic;

  @Test
  void losesAndDoublesNothingWhateverIsKilled() throws Exception {
    set = folder.resolve("set");
    Path corpus = corpus("--scale=0.025", "--bad=0.01", "--seed=1");
    Path more = corpus("--scale=0.025", "--bad=0.01", "--seed=3");
    cluster = new LocalCluster(Path.of("target/stream-cluster"), Path.of("dist/target"));
    cluster.stop(); // of a test that was killed
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (KafkaBroker started = new KafkaBroker(folder.resolve("kafka"))) {
      broker = started;
      cluster.start(new ClusterSettings(2, 1, 0, 512, null));
      broker.createTopic(TOPIC, PARTITIONS);
      topic = new RolloutTopic(broker, TOPIC, PARTITIONS);
      String job = start(set, "500ms", "--cumulative");
      CountDownLatch killed = new CountDownLatch(1);
      Future<Long> produced =
          threads.submit(
              () -> {
                long before = topic.fillByTransactions(corpus, 4000);
                killed.await(); // so that the job cannot be done without the worker
                return before + topic.fillByTransactions(more, 4000);
              });
      StreamFolder stream = new StreamFolder(new LocalStorage(), set.toString());
      GrowingSets.awaitRecords(stream, 2000);
      kill(cluster, "worker-1");
      killed.countDown();
      assertEquals("worker-3", cluster.addWorker());
      broker.kill();
      broker.start();
      long records = produced.get();
      assertEquals(records, GrowingSets.awaitRecords(stream, records));
      new JobStop(cluster.rest(), job).drain(folder.resolve("savepoints"));
      JobStatus status = cluster.rest().status(job);
      assertTrue(status.restarts() > 0, "the job did not notice that a worker was killed");
      records += goOn();
      checkSelected(records);
      checkRanges(stream);
      checkWindows(records);
    } finally {
      threads.shutdownNow();
      cluster.stop();
    }
  }

  private Path corpus(Object... options) {
    Path corpus = folder.resolve("corpus" + List.of(options).hashCode());
    List<Object> args = new ArrayList<>(List.of("synth", "--output", corpus));
    args.addAll(List.of(options));
    Sets.run(RunnerDefaults.NONE, args.toArray());
    return corpus;
  }

  private String start(Path output, String publishEvery, String... cut) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--kafka=" + broker.servers(),
                "--topics=" + TOPIC,
                "--output=" + output,
                "--publish-every=" + publishEvery,
                "--checkpointing-interval=1000",
                "--max-bundle-size=5000",
                "--state-backend=filesystem",
                "--state-backend-storage-path=" + folder.resolve("checkpoints").toUri()));
    args.addAll(List.of(cut));
    return new Submission(cluster.rest(), Path.of("target/bisift-flink.jar").toAbsolutePath())
        .start("stream", args);
  }

  /**
   * Another job, which has no state, reads what is new only. It would publish it in an hour, but is
   * drained.
   */
  private long goOn() throws Exception {
    long records = topic.fillByTransactions(corpus("--scale=0.01", "--seed=2"), 100_000);
    String job =
        start(set, "1h", "--cumulative"); // which has removed by now what nobody wants of the log
    long before = linesInLog();
    while (linesInLog() < before + records) {
      Thread.sleep(100);
    }
    new JobStop(cluster.rest(), job).drain(folder.resolve("savepoints"));
    assertEquals("FINISHED", cluster.rest().status(job).state());
    assertEquals(before + records, linesInLog());
    return records;
  }

  /** All that was ever written to the log, named by a version or not. */
  private long linesInLog() throws IOException {
    while (true) {
      try {
        return countLines();
      } catch (UncheckedIOException | NoSuchFileException e) {
        // a file got its final name meanwhile: the next look finds it there
      }
    }
  }

  private long countLines() throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(set.resolve("log"))) {
      for (Path file : files.filter(StreamIT::isOfRecords).toList()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          for (int next = in.read(); next >= 0; next = in.read()) {
            lines += next == '\n' ? 1 : 0;
          }
        }
      }
    }
    return lines;
  }

  private static boolean isOfRecords(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".data.jsonl") || name.endsWith(".rejected.jsonl");
  }

  /** As the system's out-of-memory killer would: kill -9. */
  static void kill(LocalCluster cluster, String worker) throws Exception {
    ProcessHandle process = cluster.alive().get(worker);
    process.destroyForcibly();
    process.onExit().get();
  }

  /** The ends of transactions, which are offsets without a record, are not remembered. */
  private static void checkRanges(StreamFolder stream) throws IOException {
    for (StreamManifest.Shard shard : stream.manifest(stream.latestVersion()).shards()) {
      assertTrue(shard.committed().size() < 10, () -> shard.shard() + ": " + shard.committed());
    }
  }

  private void checkSelected(long records) throws IOException {
    Path annotations = folder.resolve("annotations");
    assertEquals(records, topic.dump(annotations, RolloutTopic::source));
    GrowingSets.assertSelected(set, annotations, folder);
  }

  /** Of the same records, by windows of Kafka's own time: each is what select makes of it alone. */
  private void checkWindows(long records) throws Exception {
    Path windows = folder.resolve("windows");
    String job = start(windows, "1s", "--window=2s", "--allowed-lateness=1d");
    StreamFolder stream = new StreamFolder(new LocalStorage(), windows.toString());
    assertEquals(records, GrowingSets.awaitRecords(stream, records));
    new JobStop(cluster.rest(), job).drain(folder.resolve("savepoints"));
    Path annotations = folder.resolve("by-window");
    assertEquals(records, topic.dump(annotations, StreamIT::window));
    try (Stream<Path> files = Files.list(annotations)) {
      assertTrue(files.map(StreamIT::windowOf).distinct().count() > 3);
    }
    Path selected = folder.resolve("selected-by-window");
    Path plain = folder.resolve("plain-by-window");
    Sets.runLocally("select", "--annotations", annotations, "--output", selected);
    Sets.runLocally("compact", "--stream", windows, "--output", plain);
    assertEquals(sorted(selected), sorted(plain)); // windows of a source are in another order
  }

  private static String window(ConsumerRecord<byte[], byte[]> record) {
    Instant start = Instant.ofEpochSecond(record.timestamp() / 2000 * 2);
    return RolloutTopic.source(record) + "@" + start + ".jsonl";
  }

  private static String windowOf(Path file) {
    return file.getFileName().toString().replaceFirst(".*@", "");
  }

  private static List<String> sorted(Path plain) throws IOException {
    return OutputFiles.lines(plain, "data").stream().sorted().toList();
  }
}
