package io.bisift.beam.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.formats.log.StreamFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that stands, once it has been given partitions, where the latest version of a growing
 * set ends. Whoever knows better seeks afterwards, as Beam does from its own state. Records behind
 * offsets that have none, such as the ends of transactions, say so in a header: else these holes
 * would have to be remembered for ever.
 */
final class PositionedConsumer extends KafkaConsumer<byte[], byte[]> {
  /** Makes consumers for a set. */
  static final class Factory
      implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
    private final String folder;

    /**
     * @param folder of the growing set
     */
    Factory(String folder) {
      this.folder = folder;
    }

    @Override
    public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
      return new PositionedConsumer(settings, folder);
    }
  }

  private static final String SINCE = "bisift.since";

  private final String folder;
  private final String servers;

  /** Offsets from which on all is read, where that is known. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private PositionedConsumer(Map<String, Object> settings, String folder) {
    super(settings);
    this.folder = folder;
    this.servers = String.valueOf(settings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** The offset from which on there is no record before this one. */
  static long since(@Nullable Headers headers, long offset) {
    Header since = headers == null ? null : headers.lastHeader(SINCE);
    return since == null ? offset : ByteBuffer.wrap(since.value()).getLong();
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        record.headers().remove(SINCE); // of whoever sent it
        Long since = next.put(partition, record.offset() + 1);
        if (since != null && since < record.offset()) {
          record.headers().add(SINCE, ByteBuffer.allocate(Long.BYTES).putLong(since).array());
        }
      }
    }
    return records;
  }

  @SuppressWarnings("deprecation") // it is what Beam asks
  @Override
  public ConsumerRecords<byte[], byte[]> poll(long millis) {
    return poll(Duration.ofMillis(millis));
  }

  /**
   * The partitions of a topic, which is what is asked first.
   *
   * @throws io.bisift.core.UserException if nobody answers, or there is no such topic
   */
  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return KafkaSource.partitions(servers, topic, () -> super.partitionsFor(topic));
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    super.seek(partition, offset);
    next.put(partition, offset);
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offset) {
    super.seek(partition, offset);
    next.put(partition, offset.offset());
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    super.seekToBeginning(partitions);
    next.keySet().removeAll(partitions);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    super.seekToEnd(partitions);
    next.keySet().removeAll(partitions);
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    next.clear();
    Map<String, Long> ends = ends();
    for (TopicPartition partition : partitions) {
      Long end = ends.get(new LogShard(partition.topic(), partition.partition()).id());
      if (end != null) {
        seek(partition, end);
      }
    }
  }

  /** Behind the records that are committed without a hole, by log shard. */
  private Map<String, Long> ends() {
    Map<String, Long> ends = new HashMap<>();
    try {
      StreamFolder stream = new StreamFolder(new BeamStorage(), folder);
      long version = stream.latestVersion();
      if (version > 0) {
        stream
            .manifest(version)
            .shards()
            .forEach(
                shard -> {
                  List<OrderRanges.Range> committed = shard.committed();
                  ends.put(shard.shard(), committed.get(0).last() + 1);
                });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ends;
  }
}
