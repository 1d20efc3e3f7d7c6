package io.bisift.formats.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.UserException;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.RecentIds;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.RejectedRecord;
import io.bisift.formats.source.TextLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A rejected record as {@link RejectedRecord} writes it, mended or not. What stands under {@code
 * raw} may also be the object itself.
 */
final class RejectedLine {
  /** What streams tell behind the id, so that a record finds its way back. */
  static final String SOURCE = "source";

  static final String GROUP = "group";

  /** The log shard of mended records; no topic has such a name. */
  static final LogShard SHARD = new LogShard("~mended", 0);

  private static final String MENDED = ":mended";
  private static final int LONGEST = 1 << 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST).build());
  }

  private final String id;
  private final String source;
  private final String group;
  private final long offset;
  private final byte[] raw;

  private RejectedLine(String id, String source, String group, long offset, byte[] raw) {
    this.id = id;
    this.source = source;
    this.group = group;
    this.offset = offset;
    this.raw = raw;
  }

  /**
   * Reads one.
   *
   * @param place of the line, for messages
   * @throws UserException if it is none
   */
  static RejectedLine parse(TextLine text, String place) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(text.buffer(), text.lineStart(), text.lineEnd() - text.lineStart());
    } catch (JsonProcessingException e) {
      throw UserException.usage(place + " is not JSON: " + e.getOriginalMessage());
    }
    String id = node.path("id").asText();
    String source = node.path(SOURCE).asText(id.substring(0, Math.max(0, id.lastIndexOf(':'))));
    if (source.isEmpty()) {
      throw UserException.usage(place + " is no rejected record: it has no id with a source");
    }
    String group = node.path(GROUP).asText(source);
    return new RejectedLine(id, source, group, node.path("offset").asLong(), raw(node, place));
  }

  private static byte[] raw(JsonNode node, String place) {
    JsonNode raw = node.path("raw");
    if (raw.isTextual() || raw.isObject()) {
      return (raw.isObject() ? raw.toString() : raw.asText()).getBytes(StandardCharsets.UTF_8);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(node.path("raw_base64").asText());
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw UserException.usage(place + " is no rejected record: it has nothing under raw");
  }

  /** What the record is known by once it is taken in. */
  RecentIds.Id mendedId() {
    return RecentIds.Id.of(id + MENDED);
  }

  /**
   * The record as a message.
   *
   * @param order of it among mended ones
   * @param apart whether mended records make a group of their own, since the one that they were
   *     rejected in is complete
   */
  Message message(long order, boolean apart) {
    return new Message(SHARD, order, apart ? group + MENDED : group, source, id + MENDED, raw);
  }

  /** Appends the record with another reason, without a line end. */
  void append(String reason, JsonBytes json) {
    append(id, source, group, offset, reason, raw, json);
  }

  /** Appends a rejected record of a stream, without a line end. */
  static void append(
      String id,
      String source,
      String group,
      long offset,
      String reason,
      byte[] line,
      JsonBytes json) {
    json.raw("{\"id\": ").string(id).raw(", \"source\": ").string(source);
    if (!group.equals(source)) {
      json.raw(", \"group\": ").string(group);
    }
    RejectedRecord.appendRest(offset, reason, line, 0, line.length, json);
  }
}
