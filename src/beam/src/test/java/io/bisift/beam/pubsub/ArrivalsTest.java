package io.bisift.beam.pubsub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.services.pubsub.model.PubsubMessage;
import com.google.api.services.pubsub.model.ReceivedMessage;
import io.bisift.beam.stream.RecordNames;
import io.bisift.formats.log.Message;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Arrivals ARRIVALS =
      new Arrivals(
          Subscription.of("projects/p/subscriptions/rollouts", null),
          new RecordNames("source", "dataset", "id", "key", null, null));

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
