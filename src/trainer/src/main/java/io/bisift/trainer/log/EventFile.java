package io.bisift.trainer.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Scalars for TensorBoard: a file of {@code tensorflow.Event} messages in TFRecord frames, each
 * written at once, so that a watcher sees them and a killed run leaves at most one cut frame.
 *
 * <pre>
 *   frame:  length u64 | masked CRC32C of the length | message | masked CRC32C of the message
 *   Event:  wall_time = 1 (double), step = 2 (int64), file_version = 3 (string),
 *           summary = 5 {value = 1 {tag = 1 (string), simple_value = 2 (float)}},
 *           session_log = 7 {status = 1 (enum)}
 * </pre>
 */
public final class EventFile implements Closeable {
  private static final int START = 1;

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param step at which the run begins or is taken up again: what older files say of later steps
   *     no longer counts
   * @param seconds since 1970, part of the name
   */
  public static EventFile create(Path folder, long step, double seconds) throws IOException {
    Files.createDirectories(folder);
    String name =
        String.format(Locale.ROOT, "events.out.tfevents.%010d.bisift.%d", (long) seconds, step);
    EventFile file = new EventFile(Files.newOutputStream(folder.resolve(name)));
    file.frame(new Message().doubled(1, seconds).bytes(3, utf8("brain.Event:2")));
    file.frame(
        new Message()
            .doubled(1, seconds)
            .varint(2, step)
            .bytes(7, new Message().varint(1, START).toByteArray()));
    return file;
  }

  /** Adds scalars of a step. */
  public void write(long step, double seconds, Map<String, Double> scalars) throws IOException {
    Message summary = new Message();
    scalars.forEach(
        (tag, value) ->
            summary.bytes(
                1, new Message().bytes(1, utf8(tag)).floated(2, value.floatValue()).toByteArray()));
    frame(new Message().doubled(1, seconds).varint(2, step).bytes(5, summary.toByteArray()));
  }

  private void frame(Message message) throws IOException {
    byte[] data = message.toByteArray();
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    ByteBuffer frame = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    frame.put(length).putInt(maskedCrc(length)).put(data).putInt(maskedCrc(data));
    out.write(frame.array());
    out.flush();
  }

  static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int sum = (int) crc.getValue();
    return ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** A protocol buffer message on its way. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message varint(int field, long value) {
      raw((long) field << 3);
      raw(value);
      return this;
    }

    Message doubled(int field, double value) {
      raw(field << 3 | 1);
      out.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
      return this;
    }

    Message bytes(int field, byte[] value) {
      raw(field << 3 | 2);
      raw(value.length);
      out.writeBytes(value);
      return this;
    }

    Message floated(int field, float value) {
      raw(field << 3 | 5);
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
      return this;
    }

    private void raw(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        out.write((int) ((left & 0x7F) | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
