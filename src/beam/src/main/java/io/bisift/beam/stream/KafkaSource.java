package io.bisift.beam.stream;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Topics to read.
 *
 * @param servers {@code HOST:PORT,…} of the brokers
 * @param settings more settings of the consumer
 */
public record KafkaSource(
    String servers, List<String> topics, Map<String, String> settings, RecordNames names)
    implements Serializable {
  public KafkaSource {
    topics = List.copyOf(topics);
    settings = Map.copyOf(settings);
  }
}
