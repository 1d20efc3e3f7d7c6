package io.bisift.beam.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.formats.log.StreamFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that stands, once it has been given partitions, where the latest version of a growing
 * set ends. Whoever knows better seeks afterwards, as Beam does from its own state.
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

  private final String folder;

  private PositionedConsumer(Map<String, Object> settings, String folder) {
    super(settings);
    this.folder = folder;
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
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
