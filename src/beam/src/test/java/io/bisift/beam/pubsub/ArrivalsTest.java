package io.bisift.beam.pubsub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.services.pubsub.model.PubsubMessage;
import com.google.api.services.pubsub.model.ReceivedMessage;
import io.bisift.beam.stream.RecordNames;
import io.bisift.core.stream.EventWindows;
import io.bisift.formats.log.Message;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Arrivals ARRIVALS =
      new Arrivals(
          Subscription.of("projects/p/subscriptions/rollouts", null),
          new RecordNames("source", "dataset", "id", "key", null, null),
          null);

  private static Message of(String data, Map<String, String> attributes) {
    PubsubMessage message =
        new PubsubMessage()
            .setMessageId("17")
            .setAttributes(attributes)
            .encodeData(data.getBytes(StandardCharsets.UTF_8));
    return ARRIVALS.of(new ReceivedMessage().setAckId("receipt").setMessage(message));
  }

  @Test
  void attributesComeBeforeFields() {
    String record = "{\"dataset\": \"b.jsonl\", \"key\": 5}";
    Message message = of(record, Map.of("source", "a.jsonl", "id", "x"));
    assertEquals("a.jsonl", message.source());
    assertEquals("a.jsonl", message.group());
    assertEquals("x", message.id());
    assertArrayEquals(record.getBytes(StandardCharsets.UTF_8), message.line());
    Message other = of(record, Map.of());
    assertEquals("b.jsonl", other.source());
    assertEquals("5", other.id());
  }

  @Test
  void whatNamesNeitherIsKnownByItsSubscriptionAndItsMessage() {
    assertEquals("rollouts", of("{}", Map.of()).source());
    assertEquals("rollouts:17", of("{}", Map.of()).id());
    assertEquals("a.jsonl:17", of("{broken", Map.of("source", "a.jsonl")).id());
  }

  @Test
  void aTimeOfItsOwnComesBeforeThatOfPublication() {
    Arrivals windowed =
        new Arrivals(
            Subscription.of("projects/p/subscriptions/rollouts", null),
            new RecordNames("source", null, "id", null, "at", "created"),
            new EventWindows(3_600_000, 60_000, 60_000));
    PubsubMessage message =
        new PubsubMessage()
            .setMessageId("17")
            .setPublishTime("2026-11-25T22:10:00.123Z")
            .encodeData("{\"created\": 1000}".getBytes(StandardCharsets.UTF_8));
    ReceivedMessage received = new ReceivedMessage().setAckId("receipt").setMessage(message);
    assertEquals(1000, windowed.of(received).time());
    assertEquals("rollouts@1970-01-01T00:00:00Z", windowed.of(received).group());
    message.setAttributes(Map.of("at", "2026-11-25T21:59:00Z", "source", "a.jsonl"));
    assertEquals("a.jsonl@2026-11-25T21:00:00Z", windowed.of(received).group());
    assertEquals("a.jsonl", windowed.of(received).source());
    message.setAttributes(Map.of("at", "soon")).encodeData(new byte[0]);
    assertEquals("rollouts@2026-11-25T22:00:00Z", windowed.of(received).group());
  }

  @Test
  void aMessageOfAttributesAloneIsBlank() {
    Message message =
        ARRIVALS.of(
            new ReceivedMessage()
                .setAckId("receipt")
                .setMessage(new PubsubMessage().setMessageId("17")));
    assertEquals(0, message.line().length);
    assertEquals("rollouts:17", message.id());
  }
}
