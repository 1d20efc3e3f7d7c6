package io.bisift.beam.stream;

import io.bisift.core.stream.LogShard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Topics to read.
 *
 * @param servers {@code HOST:PORT,…} of the brokers
 * @param settings more settings of the consumer
 */
public record KafkaSource(
    String servers, List<String> topics, Map<String, String> settings, RecordNames names)
    implements ExpectedShards {
  public KafkaSource {
    topics = List.copyOf(topics);
    settings = Map.copyOf(settings);
  }

  /** Settings of a consumer, besides what Beam adds. */
  Map<String, Object> consumer() {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return all;
  }

  /** The partitions that the topics have now. */
  @Override
  public List<LogShard> shards() {
    Map<String, Object> all = consumer();
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    List<LogShard> shards = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (String topic : topics) {
        for (PartitionInfo partition : consumer.partitionsFor(topic)) {
          shards.add(new LogShard(topic, partition.partition()));
        }
      }
    }
    return shards;
  }
}
