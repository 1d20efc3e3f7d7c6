package io.bisift.beam.stream;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.stream.LogShard;
import io.bisift.core.wire.Wire;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.Segment;
import io.bisift.formats.log.SourceSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;

/** Coders of what crosses the transforms of streams. */
public final class StreamCoders {
  public static final Coder<Message> MESSAGE =
      WireCoder.of(Message.class, StreamCoders::write, StreamCoders::readMessage);
  public static final Coder<Segment> SEGMENT =
      WireCoder.of(Segment.class, Segment::write, Segment::read);
  public static final Coder<SourceSet> SOURCE_SET =
      WireCoder.of(SourceSet.class, SourceSet::write, SourceSet::read);

  private StreamCoders() {}

  private static void write(Message message, DataOutput out) throws IOException {
    LogShard.write(message.shard(), out);
    Wire.writeLong(message.order(), out);
    Wire.writeString(message.group(), out);
    Wire.writeString(message.source(), out);
    Wire.writeString(message.id(), out);
    Wire.writeBytes(message.line(), out);
    out.writeLong(message.time());
    Wire.writeLong(message.order() - message.since(), out);
  }

  private static Message readMessage(DataInput in) throws IOException {
    LogShard shard = LogShard.read(in);
    long order = Wire.readLong(in);
    String group = Wire.readString(in);
    String source = Wire.readString(in);
    String id = Wire.readString(in);
    byte[] line = Wire.readBytes(in);
    long time = in.readLong();
    return new Message(shard, order, group, source, id, line, time)
        .since(order - Wire.readLong(in));
  }
}
