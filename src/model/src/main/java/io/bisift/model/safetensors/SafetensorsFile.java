package io.bisift.model.safetensors;

import io.bisift.core.UserException;
import io.bisift.core.message.ErrorLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * One safetensors file. Parts of tensors are mapped when they are asked for, so that nothing is
 * held that nobody reads. Safe from several threads.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final long WINDOW = 1 << 28; // bytes mapped at once

  private final Path file;
  private final FileChannel channel;
  private final Map<String, TensorInfo> tensors;

  private SafetensorsFile(Path file, FileChannel channel, Map<String, TensorInfo> tensors) {
    this.file = file;
    this.channel = channel;
    this.tensors = tensors;
  }

  /**
   * Opens a file and checks its header against its length.
   *
   * @throws UserException if it cannot be read, is no safetensors file, or is cut off
   */
  public static SafetensorsFile open(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return new SafetensorsFile(file, channel, SafetensorsHeader.read(channel, file));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw UserException.failure(ErrorLine.of(e), e);
    }
  }

  /** What the header says, by name, in its order. */
  public Map<String, TensorInfo> tensors() {
    return tensors;
  }

  /**
   * What the header says of one tensor.
   *
   * @throws UserException if it is not in the file
   */
  public TensorInfo info(String name) {
    TensorInfo info = tensors.get(name);
    if (info == null) {
      throw UserException.failure("%s has no tensor %s".formatted(file, name));
    }
    return info;
  }

  /**
   * Reads some elements of a tensor of two- or four-byte floats, widened.
   *
   * @param from index of the first element, row-major
   * @param target filled from its position to its limit
   * @throws UserException if the tensor has another type
   */
  public void read(String name, long from, FloatBuffer target) {
    TensorInfo info = info(name);
    if (!info.type().isFloat()) {
      throw UserException.failure(
          "%s: tensor %s is %s; F32, F16 or BF16 are needed".formatted(file, name, info.type()));
    }
    long element = from;
    while (target.hasRemaining()) {
      int count = (int) Math.min(target.remaining(), WINDOW / info.type().bytes());
      widen(map(info, element, count), info.type(), count, target);
      element += count;
    }
  }

  private static void widen(ByteBuffer bytes, TensorType type, int count, FloatBuffer target) {
    switch (type) {
      case F32 -> target.put(bytes.asFloatBuffer());
      case F16 -> {
        for (int i = 0; i < count; i++) {
          target.put(HalfFloats.fromFloat16(bytes.getShort(2 * i)));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          target.put(HalfFloats.fromBfloat16(bytes.getShort(2 * i)));
        }
      }
      default -> throw new IllegalArgumentException("no float type: " + type);
    }
  }

  /**
   * Reads some elements of a tensor as they are stored.
   *
   * @param from index of the first element, row-major
   * @param target filled from its position to its limit, which must hold whole elements
   */
  public void read(String name, long from, ByteBuffer target) {
    TensorInfo info = info(name);
    long element = from;
    while (target.hasRemaining()) {
      int count = (int) (Math.min(target.remaining(), WINDOW) / info.type().bytes());
      target.put(map(info, element, count));
      element += count;
    }
  }

  /** A whole tensor of two- or four-byte floats, widened. */
  public float[] floats(String name) {
    float[] values = new float[Math.toIntExact(info(name).size())];
    read(name, 0, FloatBuffer.wrap(values));
    return values;
  }

  /** A whole tensor of type I64. */
  public long[] longs(String name) {
    TensorInfo info = info(name);
    if (info.type() != TensorType.I64) {
      throw UserException.failure(
          "%s: tensor %s is %s; I64 is needed".formatted(file, name, info.type()));
    }
    long[] values = new long[Math.toIntExact(info.size())];
    map(info, 0, values.length).asLongBuffer().get(values);
    return values;
  }

  private ByteBuffer map(TensorInfo info, long from, int count) {
    if (from < 0 || from + count > info.size()) {
      throw new IndexOutOfBoundsException(
          "%s has %d elements; asked for %d from %d"
              .formatted(info.name(), info.size(), count, from));
    }
    int bytes = info.type().bytes();
    try {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, info.offset() + from * bytes, (long) count * bytes)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be mapped", e);
    }
  }

  /** The file's name, for messages. */
  public Path path() {
    return file;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
