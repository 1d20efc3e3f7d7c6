package io.bisift.formats.log;

import io.bisift.core.stream.LogShard;

/** A record as it comes out of a stream. */
public final class Message {
  private final LogShard shard;
  private final long order;
  private final String group;
  private final String source;
  private final String id;
  private final byte[] line;

  /**
   * A message; its line is not copied.
   *
   * @param shard where it stands in the stream
   * @param order its number there
   * @param group within which the best are kept
   * @param source that it belongs to
   * @param id of the record, by which it is known when it comes again; empty: it has none
   * @param line one JSON object
   */
  public Message(LogShard shard, long order, String group, String source, String id, byte[] line) {
    this.shard = shard;
    this.order = order;
    this.group = group;
    this.source = source;
    this.id = id;
    this.line = line;
  }

  public LogShard shard() {
    return shard;
  }

  public long order() {
    return order;
  }

  public String group() {
    return group;
  }

  public String source() {
    return source;
  }

  public String id() {
    return id;
  }

  public byte[] line() {
    return line;
  }

  /** The id in the index: its own, or else {@code SOURCE:SHARD:ORDER}. */
  String indexId() {
    return id.isEmpty() ? source + ":" + shard.id() + ":" + order : id;
  }
}
