package io.bisift.formats.log;

import io.bisift.core.stream.LogShard;

/**
 * A record as it comes out of a stream.
 *
 * @param shard where it stands in the stream
 * @param order its number there
 * @param group within which the best are kept
 * @param source that it belongs to
 * @param id of the record, by which it is known when it comes again; empty: it has none
 * @param line one JSON object
 */
public record Message(
    LogShard shard, long order, String group, String source, String id, byte[] line) {

  /** The id in the index: its own, or else {@code SOURCE:SHARD:ORDER}. */
  String indexId() {
    return id.isEmpty() ? source + ":" + shard.id() + ":" + order : id;
  }
}
