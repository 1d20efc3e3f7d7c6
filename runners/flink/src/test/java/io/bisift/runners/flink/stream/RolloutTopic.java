package io.bisift.runners.flink.stream;

import io.bisift.formats.testkit.OutputFiles;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of rollouts that name their source in a header. */
final class RolloutTopic {
  private static final String SOURCE = "source";
  private static final int TRANSACTION = 200;
  private static final int ABORTED = 7;

  private final KafkaBroker broker;
  private final String name;
  private final int partitions;

  RolloutTopic(KafkaBroker broker, String name, int partitions) {
    this.broker = broker;
    this.name = name;
    this.partitions = partitions;
  }

  /**
   * Sends all lines of a corpus, sources mixed, and waits until the broker has them.
   *
   * @return how many
   */
  long fill(Path corpus) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      long sent = send(corpus, producer, number -> {});
      producer.flush();
      return sent;
    }
  }

  /**
   * The same in transactions, of which some are given up, and at a pace.
   *
   * @param perSecond how many records, about
   * @return how many are in transactions that were not given up
   */
  long fillByTransactions(Path corpus, int perSecond) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", name))) {
      producer.initTransactions();
      producer.beginTransaction();
      long[] aborted = {0};
      long sent =
          send(
              corpus,
              producer,
              number -> {
                if (number % TRANSACTION == 0) {
                  if (number / TRANSACTION % ABORTED == 1) {
                    producer.abortTransaction();
                    aborted[0] += TRANSACTION;
                  } else {
                    producer.commitTransaction();
                  }
                  Thread.sleep(1000L * TRANSACTION / perSecond);
                  producer.beginTransaction();
                }
              });
      producer.commitTransaction();
      return sent - aborted[0];
    }
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.servers());
    settings.put("delivery.timeout.ms", 240_000);
    settings.put("max.block.ms", 240_000); // a broker that was killed takes its time to come back
    settings.put("linger.ms", 20);
    settings.put("batch.size", 1 << 18);
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Is told after each record how many there were. */
  private interface Pace {
    void after(long number) throws InterruptedException;
  }

  private long send(Path corpus, KafkaProducer<byte[], byte[]> producer, Pace pace)
      throws Exception {
    Random random = new Random(1);
    Map<String, BufferedReader> sources = open(corpus);
    List<String> open = new ArrayList<>(sources.keySet());
    long sent = 0;
    try {
      while (!open.isEmpty()) {
        String source = open.get(random.nextInt(open.size()));
        String line = sources.get(source).readLine();
        if (line == null) {
          open.remove(source);
        } else {
          Future<?> unused =
              producer.send(record(source, line, random)); // a commit tells, or a count
          pace.after(++sent);
        }
      }
    } finally {
      for (BufferedReader reader : sources.values()) {
        reader.close();
      }
    }
    return sent;
  }

  private ProducerRecord<byte[], byte[]> record(String source, String line, Random random) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            name, random.nextInt(partitions), null, line.getBytes(StandardCharsets.ISO_8859_1));
    record.headers().add(SOURCE, source.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  /** The sources of a corpus; as bytes, of which no line is UTF-8 for sure. */
  private static Map<String, BufferedReader> open(Path corpus) throws IOException {
    Map<String, BufferedReader> sources = new TreeMap<>();
    for (Path file : OutputFiles.list(corpus)) {
      String source = file.getFileName().toString();
      if (source.endsWith(".jsonl")) {
        sources.put(source, Files.newBufferedReader(file, StandardCharsets.ISO_8859_1));
      }
    }
    return sources;
  }

  /** The source that a record names. */
  static String source(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader(SOURCE).value(), StandardCharsets.UTF_8);
  }

  /**
   * Writes what the broker has as annotation files, in the order of partitions and offsets.
   *
   * @param fileOf the file that a record belongs to
   * @return how many records
   */
  long dump(Path annotations, Function<ConsumerRecord<byte[], byte[]>, String> fileOf)
      throws IOException {
    Files.createDirectories(annotations);
    Map<Path, OutputStream> files = new HashMap<>();
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.servers(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> found =
          consumer.partitionsFor(name).stream()
              .map(partition -> new TopicPartition(name, partition.partition()))
              .sorted(Comparator.comparingInt(TopicPartition::partition))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(found);
      for (TopicPartition partition : found) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (consumer.position(partition) < ends.get(partition)) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
            write(record, annotations.resolve(fileOf.apply(record)), files);
            records++;
          }
        }
      }
    } finally {
      for (OutputStream file : files.values()) {
        file.close();
      }
    }
    return records;
  }

  private static void write(
      ConsumerRecord<byte[], byte[]> record, Path path, Map<Path, OutputStream> files)
      throws IOException {
    OutputStream file = files.get(path);
    if (file == null) {
      file = new BufferedOutputStream(Files.newOutputStream(path));
      files.put(path, file);
    }
    file.write(record.value());
    file.write('\n');
  }
}
