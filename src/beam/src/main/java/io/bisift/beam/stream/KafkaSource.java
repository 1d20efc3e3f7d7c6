package io.bisift.beam.stream;

import io.bisift.core.UserException;
import io.bisift.core.stream.LogShard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

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

  /**
   * The partitions that the topics have now.
   *
   * @throws UserException if nobody answers, or a topic is not there
   */
  @Override
  public List<LogShard> shards() {
    Map<String, Object> all = consumer();
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    List<LogShard> shards = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (String topic : topics) {
        partitions(servers, topic, () -> consumer.partitionsFor(topic))
            .forEach(partition -> shards.add(new LogShard(topic, partition.partition())));
      }
    }
    return shards;
  }

  /**
   * The partitions of a topic.
   *
   * @param asked what Kafka's client answers
   */
  static List<PartitionInfo> partitions(
      String servers, String topic, Supplier<@Nullable List<PartitionInfo>> asked) {
    List<PartitionInfo> partitions;
    try {
      partitions = asked.get();
    } catch (TimeoutException e) {
      throw UserException.failure("no Kafka broker answers at " + servers, e);
    }
    if (partitions == null || partitions.isEmpty()) {
      throw UserException.failure("Kafka at " + servers + " has no topic " + topic);
    }
    return partitions;
  }
}
