package io.bisift.runners.flink.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.pubsub.ArrivalOrder;
import io.bisift.formats.testkit.pubsub.FakePubsub;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.runners.flink.Sets;
import io.bisift.runners.flink.cluster.ClusterSettings;
import io.bisift.runners.flink.cluster.LocalCluster;
import io.bisift.runners.flink.cluster.Submission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster, of which a worker is killed while it has messages: each is in the set once in the
 * end, and Pub/Sub has none left.
 */
@Timeout(240)
class PubsubIT {
  /** A line of a source; a character stands for each byte, as not all are UTF-8. */
  private record Line(String source, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @TempDir Path folder;

  /** What was published, by the ids of records. */
  private final Map<String, Line> published = new HashMap<>();

  @Test
  void losesAndDoublesNothingWhenAWorkerIsKilled() throws Exception {
    Path set = folder.resolve("set");
    StreamFolder stream = new StreamFolder(new LocalStorage(), set.toString());
    List<Line> lines = lines();
    LocalCluster cluster =
        new LocalCluster(Path.of("target/pubsub-cluster"), Path.of("dist/target"));
    cluster.stop(); // of a test that was killed
    try (FakePubsub server = new FakePubsub()) {
      cluster.start(new ClusterSettings(2, 1, 0, 512, null));
      server.answerAtMost(200);
      publish(server, lines.subList(0, lines.size() / 2));
      String job = start(cluster, server, set);
      GrowingSets.awaitRecords(stream, 1000);
      StreamIT.kill(cluster, "worker-1");
      // after the kill, so that the job cannot be done without the worker
      publish(server, lines.subList(lines.size() / 2, lines.size()));
      assertEquals("worker-3", cluster.addWorker());
      server.awaitAcknowledged();
      new JobStop(cluster.rest(), job).drain(folder.resolve("savepoints"));
      assertTrue(cluster.rest().status(job).restarts() > 0, "no worker was missed");
      assertEquals("FINISHED", cluster.rest().status(job).state());
      checkSelected(stream, set);
    } finally {
      cluster.stop();
    }
  }

  /** Those of a corpus, mixed, without blank ones. */
  private List<Line> lines() throws IOException {
    Path corpus = folder.resolve("corpus");
    Sets.run(
        RunnerDefaults.NONE, "synth", "--scale=0.02", "--bad=0.01", "--seed=1", "--output", corpus);
    List<Line> lines = new ArrayList<>();
    for (Path file : OutputFiles.list(corpus)) {
      String source = file.getFileName().toString();
      if (source.endsWith(".jsonl")) {
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
          Line text = new Line(source, line);
          if (!new String(text.bytes(), StandardCharsets.UTF_8).replace('\u00a0', ' ').isBlank()) {
            lines.add(text);
          }
        }
      }
    }
    Collections.shuffle(lines, new Random(1));
    return lines;
  }

  private void publish(FakePubsub server, List<Line> lines) {
    for (Line line : lines) {
      String id = server.publish(line.bytes(), Map.of("source", line.source()));
      published.put(line.source() + ":" + id, line);
    }
  }

  private String start(LocalCluster cluster, FakePubsub server, Path set) throws IOException {
    return new Submission(cluster.rest(), Path.of("target/bisift-flink.jar").toAbsolutePath())
        .start(
            "stream",
            List.of(
                "--pubsub=" + FakePubsub.SUBSCRIPTION,
                "--pubsub-url=" + server.url(),
                "--cumulative",
                "--output=" + set,
                "--publish-every=500ms",
                "--checkpointing-interval=1000",
                "--state-backend=filesystem",
                "--state-backend-storage-path=" + folder.resolve("checkpoints").toUri()));
  }

  private void checkSelected(StreamFolder stream, Path set) throws IOException {
    long version = stream.latestVersion();
    assertEquals(published.size(), stream.manifest(version).totals().records());
    Path annotations = Files.createDirectory(folder.resolve("annotations"));
    Map<String, StringBuilder> sources = new HashMap<>();
    for (String id : ArrivalOrder.ids(stream, version, set)) {
      Line line = published.get(id);
      sources
          .computeIfAbsent(line.source(), key -> new StringBuilder())
          .append(line.text())
          .append('\n');
    }
    for (Map.Entry<String, StringBuilder> source : sources.entrySet()) {
      Path file = annotations.resolve(source.getKey());
      Files.writeString(file, source.getValue(), StandardCharsets.ISO_8859_1);
    }
    GrowingSets.assertSelected(set, annotations, folder);
  }
}
