package io.bisift.beam.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.beam.stream.GrowFromSegments;
import io.bisift.beam.stream.RecordNames;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamManifest;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import io.bisift.formats.testkit.pubsub.ArrivalOrder;
import io.bisift.formats.testkit.pubsub.FakePubsub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service in this process that fails, repeats and mixes messages. */
@Timeout(180)
class GrowFromPubsubTest {
  private static final RecordNames NAMES =
      new RecordNames("source", null, "id", null, "time", null);

  private static final Instant START = Instant.parse("2026-11-25T22:00:00Z");

  @TempDir Path folder;

  /** What was published, by the ids of records. */
  private final Map<String, Message> published = new HashMap<>();

  private Path set() {
    return folder.resolve("set");
  }

  private StreamFolder stream() {
    return new StreamFolder(new LocalStorage(), set().toString());
  }

  /** Publishes records, of which some are broken, some name no source, and some have an id. */
  private void publish(FakePubsub server, int from, int to) {
    for (int i = from; i < to; i++) {
      Map<String, String> attributes = new HashMap<>();
      attributes.put("time", START.plusSeconds(i).toString());
      if (i % 3 > 0) {
        attributes.put("source", i % 3 == 1 ? "a.jsonl" : "b.jsonl");
      }
      String own = i % 10 == 4 ? "own-" + i : "";
      if (!own.isEmpty()) {
        attributes.put("id", own);
      }
      String line = i % 50 == 7 ? "{broken" : Rollouts.line(i + ".png", 1 + i % 11).strip();
      String source = attributes.getOrDefault("source", FakePubsub.NAME);
      byte[] data = line.getBytes(StandardCharsets.UTF_8);
      String id = server.publish(data, attributes);
      published.put(
          own.isEmpty() ? source + ":" + id : own,
          Streams.message(
              new LogShard("t", 0), i, source.replaceFirst("(\\.jsonl)?$", ".jsonl"), "", line));
      if (i % 20 == 4) {
        server.publish(data, attributes); // by a publisher that did not hear that it succeeded
      }
    }
  }

  private PipelineResult start(FakePubsub server, Duration publishEvery) {
    return start(server, publishEvery, Streams.PARAMETERS);
  }

  private PipelineResult start(
      FakePubsub server, Duration publishEvery, StreamParameters parameters) {
    StreamTarget target =
        new StreamTarget(set().toString(), parameters, TestRun.TOOL, publishEvery);
    Subscription subscription = Subscription.of(FakePubsub.SUBSCRIPTION, server.url());
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner", "--blockOnRun=false", "--targetParallelism=2")
                .create());
    pipeline
        .apply(ReadPubsub.of(subscription, NAMES, target))
        .apply(GrowFromSegments.of(target, Acknowledge.to(subscription)));
    return pipeline.run();
  }

  private StreamManifest.Counts totals() throws IOException {
    return stream().manifest(stream().latestVersion()).totals();
  }

  /** Against what select makes of the records in the order in which they are in the log. */
  private void checkSelected(int records, String name) throws IOException {
    assertEquals(records, published.size());
    assertEquals(records, totals().records());
    List<String> ids = ArrivalOrder.ids(stream(), stream().latestVersion(), set());
    assertEquals(published.keySet(), new HashSet<>(ids));
    List<Message> arrived = new ArrayList<>();
    for (String id : ids) {
      Message message = published.get(id);
      arrived.add(
          new Message(message.shard(), arrived.size(), "", message.source(), "", message.line()));
    }
    Path plain = folder.resolve("plain" + name);
    Path selected = folder.resolve("selected" + name);
    Streams.compact(stream(), stream().latestVersion(), plain);
    Streams.select(arrived, folder.resolve("annotations" + name), selected);
    assertEquals(OutputFiles.sha256(selected, "data"), OutputFiles.sha256(plain, "data"));
    assertEquals(Streams.index(selected), Streams.index(plain));
    assertEquals(Streams.reasons(selected), Streams.reasons(plain));
  }

  @Test
  void countsEachRecordOnceWhateverFails() throws Exception {
    try (FakePubsub server = new FakePubsub()) {
      server.answerAtMost(37);
      publish(server, 0, 600);
      Queue<String> early = new ConcurrentLinkedQueue<>();
      server.onAcknowledge(
          acknowledged -> {
            try {
              // all but the doubled ones are records of their own
              if (acknowledged.size() > totals().records() + 30) {
                early.add(acknowledged.size() + " acknowledged of " + totals());
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      server.failing(
          Faults.random(
              1,
              0.1,
              List.of(
                  Fault.status(429),
                  Fault.status(500),
                  Fault.LOST_ANSWER,
                  Fault.CUT_ANSWER,
                  Fault.CUT_REQUEST)));
      PipelineResult running = start(server, Duration.millis(200));
      try {
        server.awaitAcknowledged();
        checkSelected(600, "1");
        server.forgetAcknowledgements();
        server.awaitAcknowledged();
        checkSelected(600, "2");
      } finally {
        running.cancel();
      }
      assertEquals(List.of(), List.copyOf(early));
      assertTrue(
          server.injected(Fault.Kind.REFUSED) > 0 && server.injected(Fault.Kind.LOST_ANSWER) > 0);
      publish(server, 600, 800);
      PipelineResult again = start(server, Duration.millis(200));
      try {
        server.awaitAcknowledged();
      } finally {
        again.cancel();
      }
      checkSelected(800, "3");
    }
  }

  /** Each is what select makes of it alone. */
  @Test
  void selectsByWindows() throws Exception {
    EventWindows windows = new EventWindows(60_000, 3_600_000, 60_000);
    StreamParameters parameters =
        new StreamParameters(
            StreamParameters.Mode.WINDOWS, 0.05, 0.3, LabelRule.hard(0), null, 1000, null, windows);
    try (FakePubsub server = new FakePubsub()) {
      server.answerAtMost(37);
      publish(server, 0, 300);
      PipelineResult running = start(server, Duration.millis(200), parameters);
      try {
        server.awaitAcknowledged();
      } finally {
        running.cancel();
      }
    }
    assertEquals(300, totals().records());
    long version = stream().latestVersion();
    assertEquals(0, stream().manifest(version).windows().late());
    List<Message> arrived = new ArrayList<>();
    for (String id : ArrivalOrder.ids(stream(), version, set())) {
      Message message = published.get(id);
      long time = START.plusSeconds(message.order()).toEpochMilli();
      String window = windows.group(message.source(), time) + ".jsonl";
      arrived.add(new Message(message.shard(), arrived.size(), "", window, "", message.line()));
    }
    Streams.compact(stream(), version, folder.resolve("plain"));
    Streams.select(arrived, folder.resolve("annotations"), folder.resolve("selected"));
    assertEquals(
        Streams.data(folder.resolve("selected")).stream().sorted().toList(),
        Streams.data(folder.resolve("plain")).stream().sorted().toList());
  }

  /** What was read and not published is neither acknowledged nor lost. */
  @Test
  void aRunThatIsCancelledLosesNothing() throws Exception {
    try (FakePubsub server = new FakePubsub()) {
      server.answerAtMost(50);
      publish(server, 0, 200);
      int messages = server.waiting();
      PipelineResult running = start(server, Duration.standardHours(1));
      try {
        while (server.extended().size() < messages) {
          Thread.sleep(50);
        }
      } finally {
        running.cancel();
      }
      assertEquals(messages, server.waiting());
      assertEquals(0, stream().latestVersion());
      server.pass(FakePubsub.LONGEST_LEASE); // nobody has them any more
      server.failing(
          Faults.first(1, Fault.status(400), call -> call.path().get(4).endsWith(":acknowledge")));
      PipelineResult again = start(server, Duration.millis(200));
      try {
        server.awaitAcknowledged();
      } finally {
        again.cancel();
      }
      assertEquals(1, server.injected(Fault.Kind.REFUSED), "which made some come again");
      assertEquals(messages, server.acknowledged().size());
      checkSelected(200, "");
    }
  }
}
