package io.bisift.beam.stream;

import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The records of Kafka topics. A partition is a log shard, an offset a record's order there. A
 * pipeline without a state of its own begins where the set's latest version ends, or with the
 * oldest record. Nothing is written to Kafka: no offsets are committed there.
 */
public final class ReadKafka extends PTransform<PBegin, PCollection<Message>> {
  private final KafkaSource source;
  private final StreamTarget target;

  private ReadKafka(KafkaSource source, StreamTarget target) {
    this.source = source;
    this.target = target;
  }

  public static ReadKafka of(KafkaSource source, StreamTarget target) {
    return new ReadKafka(source, target);
  }

  @Override
  public PCollection<Message> expand(PBegin begin) {
    Map<String, Object> settings = new HashMap<>(source.settings());
    settings.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return begin
        .apply(
            "Read",
            KafkaIO.<byte[], byte[]>read()
                .withBootstrapServers(source.servers())
                .withTopics(source.topics())
                .withKeyDeserializer(ByteArrayDeserializer.class)
                .withValueDeserializer(ByteArrayDeserializer.class)
                .withConsumerConfigUpdates(settings)
                .withConsumerFactoryFn(new PositionedConsumer.Factory(target.folder()))
                .withReadCommitted())
        .apply("Name", ParDo.of(new NameFn(source.names())))
        .setCoder(StreamCoders.MESSAGE);
  }

  /** Finds out what source a record belongs to, and its id. */
  private static final class NameFn extends DoFn<KafkaRecord<byte[], byte[]>, Message> {
    private final RecordNames names;

    NameFn(RecordNames names) {
      this.names = names;
    }

    @ProcessElement
    public void processElement(
        @Element KafkaRecord<byte[], byte[]> record, OutputReceiver<Message> out) {
      byte[] value = record.getKV().getValue();
      byte[] line = value == null ? new byte[0] : value; // a tombstone: blank
      String source = name(record, line, names.sourceHeader(), names.sourceField());
      String id = name(record, line, names.idHeader(), names.idField());
      String group = source.isEmpty() ? record.getTopic() : source;
      out.output(
          new Message(
              new LogShard(record.getTopic(), record.getPartition()),
              record.getOffset(),
              group,
              group,
              id,
              line));
    }

    private static String name(
        KafkaRecord<byte[], byte[]> record, byte[] line, String header, @Nullable String field) {
      Headers headers = record.getHeaders();
      Header found = headers == null ? null : headers.lastHeader(header);
      if (found != null && found.value() != null) {
        return new String(found.value(), StandardCharsets.UTF_8);
      }
      return field == null ? "" : RecordNames.field(line, field);
    }
  }
}
