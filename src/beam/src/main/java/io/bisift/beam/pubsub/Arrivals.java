package io.bisift.beam.pubsub;

import com.google.api.services.pubsub.model.PubsubMessage;
import com.google.api.services.pubsub.model.ReceivedMessage;
import io.bisift.beam.stream.RecordNames;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what source a message of Pub/Sub belongs to, and its id. */
final class Arrivals {
  private final String subscription;
  private final LogShard shard;
  private final RecordNames names;

  Arrivals(Subscription subscription, RecordNames names) {
    this.subscription = subscription.name();
    this.shard = subscription.shard();
    this.names = names;
  }

  /** The message as the log takes it. One without an id of its own is known by Pub/Sub's. */
  Message of(ReceivedMessage received) {
    PubsubMessage message = received.getMessage();
    byte[] data = message.decodeData();
    byte[] line = data == null ? new byte[0] : data; // attributes alone: blank
    String named = name(message, line, names.sourceHeader(), names.sourceField());
    String source = named.isEmpty() ? subscription : named;
    String id = name(message, line, names.idHeader(), names.idField());
    return Message.arrival(
        shard,
        source,
        id.isEmpty() ? source + ":" + message.getMessageId() : id,
        line,
        received.getAckId());
  }

  private static String name(
      PubsubMessage message, byte[] line, String attribute, @Nullable String field) {
    Map<String, String> attributes = message.getAttributes();
    String found = attributes == null ? null : attributes.get(attribute);
    if (found != null) {
      return found;
    }
    return field == null ? "" : RecordNames.field(line, field);
  }
}
