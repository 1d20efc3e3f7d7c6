package io.bisift.pipelines.stream;

import io.bisift.pipelines.options.AtLeast;
import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Where records come from one by one. */
@Heading("Records")
public interface RecordOptions extends PipelineOptions {
  @Description(
      "Kafka brokers to read from, with --topics; e.g. broker-1:9092,broker-2:9092. One record of"
          + " the annotator's JSON a message")
  @ValueName("HOST:PORT,...")
  @Nullable String getKafka();

  void setKafka(@Nullable String kafka);

  @Description("Topics to read with --kafka; e.g. rollouts")
  @ValueName("TOPIC...")
  @Nullable List<String> getTopics();

  void setTopics(@Nullable List<String> topics);

  @Description(
      "More settings of the Kafka consumer; e.g. security.protocol=SASL_SSL."
          + " Offsets are kept with the set, not in Kafka")
  @ValueName("NAME=VALUE...")
  @Nullable List<String> getKafkaSettings();

  void setKafkaSettings(@Nullable List<String> kafkaSettings);

  @Description(
      "Subscription of Pub/Sub to read; e.g. projects/my-project/subscriptions/bisift-rollouts. One"
          + " record of the annotator's JSON a message. A message is acknowledged when a version"
          + " has it, and not before")
  @ValueName("SUBSCRIPTION")
  @Nullable String getPubsub();

  void setPubsub(@Nullable String pubsub);

  @Description(
      "Where --pubsub is asked instead of Google's address, such as an emulator's; e.g."
          + " http://localhost:8085. Credentials are sent by https only")
  @ValueName("URL")
  @Nullable String getPubsubUrl();

  void setPubsubUrl(@Nullable String pubsubUrl);

  @Description(
      "Publish, again and again, the exact cut over all records so far. With --kafka or"
          + " --pubsub, this or --window")
  boolean getCumulative();

  void setCumulative(boolean cumulative);

  @Description(
      "Keep the best of each source in each window of event time, all windows of this length; e.g."
          + " 1h, 1d. With --pubsub also give --allowed-lateness")
  @ValueName("TIME")
  @Nullable String getWindow();

  void setWindow(@Nullable String window);

  @Description(
      "How long after its end a window takes records, in event time; e.g. 10m. What comes later is"
          + " counted and dropped")
  @Default.String("0s")
  @ValueName("TIME")
  String getAllowedLateness();

  void setAllowedLateness(String allowedLateness);

  @Description(
      "How long a partition may have no news before event time goes on without it; e.g. 1m")
  @Default.String("1m")
  @ValueName("TIME")
  String getIdleAfter();

  void setIdleAfter(String idleAfter);

  @Description(
      "Header, of Pub/Sub: attribute, with the time of a record's event: milliseconds since 1970,"
          + " or as in 2026-11-25T22:00:00Z. Where there is none that can be read, Kafka's time or"
          + " that of publication counts")
  @ValueName("NAME")
  @Nullable String getTimeHeader();

  void setTimeHeader(@Nullable String timeHeader);

  @Description("Field of the record with its time, where there is no such header or attribute")
  @ValueName("NAME")
  @Nullable String getTimeField();

  void setTimeField(@Nullable String timeField);

  @Description(
      "Header, of Pub/Sub: attribute, that names the source of a record. Records that name none"
          + " belong to a source called like their topic or subscription")
  @Default.String("source")
  @ValueName("NAME")
  String getSourceHeader();

  void setSourceHeader(String sourceHeader);

  @Description(
      "Field of the record that names its source, where there is no such header or attribute")
  @ValueName("NAME")
  @Nullable String getSourceField();

  void setSourceField(@Nullable String sourceField);

  @Description(
      "Header, of Pub/Sub: attribute, with a record's id, by which it is dropped if it comes again."
          + " Records of Kafka without one are never taken for the same; of Pub/Sub the message's"
          + " own id counts then")
  @Default.String("id")
  @ValueName("NAME")
  String getIdHeader();

  void setIdHeader(String idHeader);

  @Description("Field of the record with its id, where there is no such header or attribute")
  @ValueName("NAME")
  @Nullable String getIdField();

  void setIdField(@Nullable String idField);

  @Description(
      "How many ids are remembered, at the least: those of the latest records; 0: none, which"
          + " --pubsub cannot do with")
  @Default.Integer(1_000_000)
  @AtLeast(0)
  @ValueName("N")
  Integer getIdHorizon();

  void setIdHorizon(Integer idHorizon);
}
