package io.bisift.beam.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class PositionedConsumerTest {
  @Test
  void saysThatThereIsNoSuchTopic() {
    for (List<PartitionInfo> none : Arrays.asList(null, List.<PartitionInfo>of())) {
      UserException failure =
          assertThrows(
              UserException.class, () -> KafkaSource.partitions("a:1", "rollouts", () -> none));
      assertEquals("Kafka at a:1 has no topic rollouts", failure.getMessage());
    }
  }

  @Test
  void windowsExpectNoPartitionsOfABrokerThatIsNotThere() {
    KafkaSource source =
        new KafkaSource(
            "127.0.0.1:1",
            List.of("rollouts"),
            Map.of("default.api.timeout.ms", "300", "request.timeout.ms", "200"),
            new RecordNames("source", null, "id", null, null, null));
    UserException failure = assertThrows(UserException.class, source::shards);
    assertEquals("no Kafka broker answers at 127.0.0.1:1", failure.getMessage());
  }

  @Test
  void saysThatNobodyAnswers() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:1",
            "default.api.timeout.ms",
            300,
            "request.timeout.ms",
            200,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    try (Consumer<byte[], byte[]> consumer =
        new PositionedConsumer.Factory("set").apply(settings)) {
      UserException failure =
          assertThrows(UserException.class, () -> consumer.partitionsFor("rollouts"));
      assertEquals("no Kafka broker answers at 127.0.0.1:1", failure.getMessage());
    }
  }
}
