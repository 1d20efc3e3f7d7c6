package io.bisift.formats.log;

import io.bisift.core.stream.LogShard;

/** A record as it comes out of a stream. */
public final class Message {
  /** The time of records that have none: it says nothing of how far event time has come. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private final LogShard shard;
  private final long order;
  private final String group;
  private final String source;
  private final String id;
  private final byte[] line;
  private final long time;
  private final long since;
  private final String receipt;

  /** A message without a time. */
  public Message(LogShard shard, long order, String group, String source, String id, byte[] line) {
    this(shard, order, group, source, id, line, NO_TIME);
  }

  /**
   * A message; its line is not copied.
   *
   * @param shard where it stands in the stream
   * @param order its number there
   * @param group within which the best are kept
   * @param source that it belongs to
   * @param id of the record, by which it is known when it comes again; empty: it has none
   * @param line one JSON object
   * @param time of the event, in milliseconds since 1970
   */
  public Message(
      LogShard shard, long order, String group, String source, String id, byte[] line, long time) {
    this(shard, order, group, source, id, line, time, order, "");
  }

  private Message(
      LogShard shard,
      long order,
      String group,
      String source,
      String id,
      byte[] line,
      long time,
      long since,
      String receipt) {
    this.shard = shard;
    this.order = order;
    this.group = group;
    this.source = source;
    this.id = id;
    this.line = line;
    this.time = time;
    this.since = since;
    this.receipt = receipt;
  }

  /**
   * A message of a stream without an order, which is given one when it is committed; its line is
   * not copied.
   *
   * @param shard of arrivals
   * @param group within which the best are kept
   * @param source that it belongs to
   * @param id of the record; all that it is known by when it comes again
   * @param line one JSON object
   * @param time of the event, in milliseconds since 1970; or {@link #NO_TIME}
   * @param receipt what acknowledges it once it is committed; one line
   */
  public static Message arrival(
      LogShard shard,
      String group,
      String source,
      String id,
      byte[] line,
      long time,
      String receipt) {
    if (!shard.isOfArrivals() || id.isEmpty() || receipt.isEmpty()) {
      throw new IllegalArgumentException("no arrival: " + shard + " " + id + " " + receipt);
    }
    return new Message(shard, 0, group, source, id, line, time, 0, receipt);
  }

  /**
   * The same message, of which it is known that the shard has none before it from an order on.
   *
   * @param first the order
   */
  public Message since(long first) {
    return new Message(shard, order, group, source, id, line, time, first, receipt);
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

  public long time() {
    return time;
  }

  /** From this order on, at most its own, the shard has no message before this one. */
  public long since() {
    return since;
  }

  /** What acknowledges it; empty: it is not acknowledged. */
  String receipt() {
    return receipt;
  }

  /** The id in the index: its own, or else {@code SOURCE:SHARD:ORDER}. */
  String indexId() {
    return id.isEmpty() ? source + ":" + shard.id() + ":" + order : id;
  }
}
