package io.bisift.beam.pubsub;

import com.google.api.services.pubsub.model.PubsubMessage;
import com.google.api.services.pubsub.model.ReceivedMessage;
import io.bisift.beam.stream.EventTime;
import io.bisift.beam.stream.RecordNames;
import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what source a message of Pub/Sub belongs to, its id, and its time. */
final class Arrivals {
  private final String subscription;
  private final LogShard shard;
  private final RecordNames names;
  private final @Nullable EventWindows windows;

  /**
   * @param windows by which records are grouped; null: none
   */
  Arrivals(Subscription subscription, RecordNames names, @Nullable EventWindows windows) {
    this.subscription = subscription.name();
    this.shard = subscription.shard();
    this.names = names;
    this.windows = windows;
  }

  /** The message as the log takes it. One without an id of its own is known by Pub/Sub's. */
  Message of(ReceivedMessage received) {
    PubsubMessage message = received.getMessage();
    byte[] data = message.decodeData();
    byte[] line = data == null ? new byte[0] : data; // attributes alone: blank
    String named = name(message, line, names.sourceHeader(), names.sourceField());
    String source = named.isEmpty() ? subscription : named;
    String id = name(message, line, names.idHeader(), names.idField());
    long time = windows == null ? Message.NO_TIME : time(message, line);
    return Message.arrival(
        shard,
        windows == null ? source : windows.group(source, time),
        source,
        id.isEmpty() ? source + ":" + message.getMessageId() : id,
        line,
        time,
        received.getAckId());
  }

  /** Its own, or else when it was published, which the service always tells. */
  private long time(PubsubMessage message, byte[] line) {
    String own = name(message, line, names.timeHeader(), names.timeField());
    return EventTime.parse(own)
        .orElseGet(() -> EventTime.parse(String.valueOf(message.getPublishTime())).orElse(0));
  }

  private static String name(
      PubsubMessage message, byte[] line, @Nullable String attribute, @Nullable String field) {
    Map<String, String> attributes = message.getAttributes();
    String found = attributes == null || attribute == null ? null : attributes.get(attribute);
    if (found != null) {
      return found;
    }
    return field == null ? "" : RecordNames.field(line, field);
  }
}
