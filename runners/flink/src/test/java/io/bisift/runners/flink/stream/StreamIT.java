package io.bisift.runners.flink.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.runners.flink.Sets;
import io.bisift.runners.flink.cluster.ClusterSettings;
import io.bisift.runners.flink.cluster.LocalCluster;
import io.bisift.runners.flink.cluster.Submission;
import io.bisift.runners.flink.rest.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real broker and a real cluster, parts of which are killed while records come: the growing set
 * is in the end what select makes of the same records, byte for byte.
 */
@Timeout(300)
class StreamIT {
  private static final String TOPIC = "rollouts";
  private static final int PARTITIONS = 3;

  @TempDir Path folder;

  @Test
  void losesAndDoublesNothingWhateverIsKilled() throws Exception {
    Path corpus = folder.resolve("corpus");
    Sets.run(RunnerDefaults.NONE, "synth", "--output", corpus, "--scale", "0.05", "--bad", "0.01");
    LocalCluster cluster =
        new LocalCluster(Path.of("target/stream-cluster"), Path.of("dist/target"));
    cluster.stop(); // of a test that was killed
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"))) {
      cluster.start(new ClusterSettings(2, 1, 0, 512, null));
      broker.createTopic(TOPIC, PARTITIONS);
      RolloutTopic topic = new RolloutTopic(broker, TOPIC, PARTITIONS);
      Path set = folder.resolve("set");
      Submission submission =
          new Submission(cluster.rest(), Path.of("target/bisift-flink.jar").toAbsolutePath());
      String job =
          submission.start(
              "stream",
              List.of(
                  "--kafka=" + broker.servers(),
                  "--topics=" + TOPIC,
                  "--cumulative",
                  "--output=" + set,
                  "--publish-every=500ms",
                  "--checkpointing-interval=1000",
                  "--max-bundle-size=5000",
                  "--state-backend=filesystem",
                  "--state-backend-storage-path=" + folder.resolve("checkpoints").toUri()));
      Future<Long> produced = threads.submit(() -> topic.fill(corpus, 4000));
      StreamFolder stream = new StreamFolder(new LocalStorage(), set.toString());
      awaitRecords(stream, 2000);
      kill(cluster, "worker-1");
      assertEquals("worker-3", cluster.addWorker());
      broker.kill();
      broker.start();
      long records = produced.get();
      awaitRecords(stream, records);
      JobStatus status = cluster.rest().status(job);
      assertTrue(status.restarts() > 0, "the job did not notice that a worker was killed");
      checkSelected(topic, records);
    } finally {
      threads.shutdownNow();
      cluster.stop();
    }
  }

  private static void awaitRecords(StreamFolder stream, long records) throws Exception {
    long seen = 0;
    while (seen < records) {
      Thread.sleep(100);
      long version = stream.latestVersion();
      seen = version == 0 ? 0 : stream.manifest(version).totals().records();
    }
    assertTrue(seen >= records);
  }

  /** As the system's out-of-memory killer would: kill -9. */
  private static void kill(LocalCluster cluster, String worker) throws Exception {
    ProcessHandle process = cluster.alive().get(worker);
    process.destroyForcibly();
    process.onExit().get();
  }

  private void checkSelected(RolloutTopic topic, long records) throws IOException {
    Path annotations = folder.resolve("annotations");
    assertEquals(records, topic.dump(annotations));
    Path selected = folder.resolve("selected");
    Path plain = folder.resolve("plain");
    Sets.runLocally("select", "--annotations", annotations, "--output", selected, "--shards=2");
    Sets.runLocally("compact", "--stream", folder.resolve("set"), "--output", plain, "--shards=2");
    assertEquals(OutputFiles.sha256(selected, "data"), OutputFiles.sha256(plain, "data"));
  }
}
