package io.bisift.beam.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.services.pubsub.model.ReceivedMessage;
import io.bisift.beam.stream.RecordNames;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.Segment;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.pubsub.FakePubsub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgeTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();

  @TempDir Path folder;

  /** A segment of all messages that are there. */
  private Segment pull(FakePubsub server, Subscription subscription, int number)
      throws IOException {
    for (int i = 0; i < number; i++) {
      byte[] line = Rollouts.line(i + ".png", 1 + i).strip().getBytes(StandardCharsets.UTF_8);
      server.publish(line, Map.of());
    }
    Arrivals arrivals =
        new Arrivals(subscription, new RecordNames("source", null, "id", null, null, null), null);
    List<Message> messages = new ArrayList<>();
    for (ReceivedMessage message : new PubsubClient(subscription, OPTIONS).pull()) {
      messages.add(arrivals.of(message));
    }
    assertEquals(number, messages.size());
    return Streams.append(folder, messages).get(0);
  }

  @Test
  void beginsWithWhatAnotherCommitterHasLeft() throws IOException {
    StreamFolder stream = Streams.open(new LocalStorage(), folder);
    try (FakePubsub server = new FakePubsub()) {
      Subscription subscription = Subscription.of(FakePubsub.SUBSCRIPTION, server.url());
      Acknowledge acknowledge = Acknowledge.to(subscription);
      acknowledge.begin(stream, OPTIONS); // nothing is there yet
      Segment committed = pull(server, subscription, 3);
      Segment waiting = pull(server, subscription, 2);
      Streams.committer(stream).commit(List.of(committed), List.of()); // and is killed
      assertEquals(5, server.waiting());
      acknowledge.begin(stream, OPTIONS);
      assertEquals(2, server.waiting());
      assertTrue(stream.receipts().of(committed.name()).isEmpty());
      acknowledge.committed(List.of(committed, waiting), stream, OPTIONS);
      assertEquals(0, server.waiting());
    }
  }
}
