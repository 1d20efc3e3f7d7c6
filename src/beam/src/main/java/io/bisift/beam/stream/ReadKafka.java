package io.bisift.beam.stream;

import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.Message;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
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
    return begin
        .apply(
            "Read",
            KafkaIO.<byte[], byte[]>read()
                .withBootstrapServers(source.servers())
                .withTopics(source.topics())
                .withKeyDeserializer(ByteArrayDeserializer.class)
                .withValueDeserializer(ByteArrayDeserializer.class)
                .withConsumerConfigUpdates(source.consumer())
                .withConsumerFactoryFn(new PositionedConsumer.Factory(target.folder()))
                .withReadCommitted())
        .apply("Name", ParDo.of(new NameFn(source.names(), target.parameters().windows())))
        .setCoder(StreamCoders.MESSAGE);
  }

  /** Finds out what source a record belongs to, and its id. */
  private static final class NameFn extends DoFn<KafkaRecord<byte[], byte[]>, Message> {
    private final RecordNames names;
    private final @Nullable EventWindows windows;

    NameFn(RecordNames names, @Nullable EventWindows windows) {
      this.names = names;
      this.windows = windows;
    }

    @ProcessElement
    public void processElement(
        @Element KafkaRecord<byte[], byte[]> record, OutputReceiver<Message> out) {
      byte[] value = record.getKV().getValue();
      byte[] line = value == null ? new byte[0] : value; // a tombstone: blank
      String named = name(record, line, names.sourceHeader(), names.sourceField());
      String source = named.isEmpty() ? record.getTopic() : named;
      long time = windows == null ? Message.NO_TIME : time(record, line);
      Message message =
          new Message(
              new LogShard(record.getTopic(), record.getPartition()),
              record.getOffset(),
              windows == null ? source : windows.group(source, time),
              source,
              name(record, line, names.idHeader(), names.idField()),
              line,
              time);
      out.output(message.since(PositionedConsumer.since(record.getHeaders(), record.getOffset())));
    }

    private long time(KafkaRecord<byte[], byte[]> record, byte[] line) {
      String time = name(record, line, names.timeHeader(), names.timeField());
      return EventTime.parse(time).orElse(record.getTimestamp());
    }

    private static String name(
        KafkaRecord<byte[], byte[]> record,
        byte[] line,
        @Nullable String header,
        @Nullable String field) {
      Headers headers = record.getHeaders();
      Header found = headers == null || header == null ? null : headers.lastHeader(header);
      if (found != null && found.value() != null) {
        return new String(found.value(), StandardCharsets.UTF_8);
      }
      return field == null ? "" : RecordNames.field(line, field);
    }
  }
}
