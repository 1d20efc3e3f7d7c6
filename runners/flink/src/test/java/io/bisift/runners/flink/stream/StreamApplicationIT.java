package io.bisift.runners.flink.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.runners.flink.Sets;
import io.bisift.runners.flink.kubernetes.ApplicationCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stream of a manifest, with a real broker and a cluster of its own. Its JobManager is killed,
 * and another one goes on.
 */
@Timeout(300)
class StreamApplicationIT {
  private static final String TOPIC = "rollouts";
  private static final int PARTITIONS = 4;

  @TempDir Path folder;

  private ApplicationCluster cluster;
  private StreamFolder stream;

  @Test
  void anotherJobManagerGoesOnFromACheckpoint() throws Exception {
    Path data = folder.resolve("data");
    Path set = data.resolve("sets/growing");
    stream = new StreamFolder(new LocalStorage(), set.toString());
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"))) {
      broker.createTopic(TOPIC, PARTITIONS);
      RolloutTopic topic = new RolloutTopic(broker, TOPIC, PARTITIONS);
      long records = topic.fill(corpus(1));
      try (ApplicationCluster started =
          new ApplicationCluster(
              folder,
              "stream-application.yaml",
              2,
              Map.of("/data/", data + "/", "kafka.example.com:9092", broker.servers()))) {
        cluster = started;
        String job = cluster.awaitJob();
        assertEquals(records, GrowingSets.awaitRecords(stream, records));
        awaitMetric("flink_taskmanager_job_task_operator_bisift_stream_records_committed");
        JobCheckpoints checkpoints = new JobCheckpoints(cluster.rest(), job);
        while (checkpoints.completed() == 0) {
          Thread.sleep(100);
        }
        cluster.killJobManager();
        records += topic.fill(corpus(2));
        cluster.startJobManager();
        assertEquals(job, cluster.awaitJob());
        while (checkpoints.restored() == 0) {
          Thread.sleep(100);
        }
        records += topic.fill(corpus(3));
        assertEquals(records, GrowingSets.awaitRecords(stream, records));
        new JobStop(cluster.rest(), job).drain(data.resolve("flink/savepoints"));
        assertEquals("FINISHED", cluster.rest().status(job).state());
      }
      checkSelected(topic, records, set);
    }
  }

  private Path corpus(int seed) {
    Path corpus = folder.resolve("corpus-" + seed);
    Sets.run(RunnerDefaults.NONE, "synth", "--output", corpus, "--scale=0.01", "--seed=" + seed);
    return corpus;
  }

  private void awaitMetric(String name) throws InterruptedException {
    while (!cluster.metrics().contains(name)) {
      Thread.sleep(100);
    }
  }

  private void checkSelected(RolloutTopic topic, long records, Path set) throws IOException {
    Path annotations = folder.resolve("annotations");
    assertEquals(records, topic.dump(annotations, RolloutTopic::source));
    GrowingSets.assertSelected(set, annotations, folder, "--top-ratio=0.1", "--alpha=0.2");
  }
}
