package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.core.UserException;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.HalfFloats;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.safetensors.TensorInfo;
import io.bisift.model.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/** Reads a checkpoint's tensors straight into arrays, without a copy on the Java heap. */
final class WeightReader {
  private static final long CHUNK = 1 << 24; // elements that one buffer shows

  private final Checkpoint checkpoint;
  private final NDManager manager;

  /**
   * @param manager owns the arrays
   */
  WeightReader(Checkpoint checkpoint, NDManager manager) {
    this.checkpoint = checkpoint;
    this.manager = manager;
  }

  /**
   * A tensor as float32 on a device.
   *
   * @throws UserException if it is missing or of another shape
   */
  NDArray read(String name, Shape shape, Device device) {
    checkpoint.info(name, shape.getShape());
    return read(name, shape, shape.size(), device);
  }

  /**
   * A table [rows, channels] of which the checkpoint may have fewer rows, or more: what it lacks is
   * the mean of what was read, what is too many is left out.
   *
   * @param unknown last rows that are not read, though the checkpoint may have them
   */
  NDArray readRows(String name, Shape shape, int unknown, Device device) {
    TensorInfo info = checkpoint.info(name);
    long channels = shape.get(1);
    if (info.shape().size() != 2 || info.shape().get(1) != channels) {
      checkpoint.info(name, shape.getShape());
    }
    long rows = Math.min(shape.get(0) - unknown, info.shape().get(0));
    if (rows == shape.get(0)) {
      return read(name, shape, rows * channels, device);
    }
    NDArray table = read(name, shape, rows * channels, Device.cpu());
    fillWithMean(table, rows, rows);
    return moved(table, device);
  }

  /** Whether the checkpoint has the tensor in this shape. */
  boolean has(String name, Shape shape) {
    return checkpoint.info(name).hasShape(shape.getShape());
  }

  /** A tensor as bfloat16 numbers, two bytes each: [..., channels] → [..., 2 · channels] uint8. */
  NDArray readTwoBytes(String name, Shape shape, Device device) {
    boolean isExact = checkpoint.info(name, shape.getShape()).type() == TensorType.BF16;
    NDArray bytes = manager.create(new Shape(2 * shape.size()), DataType.UINT8, Device.cpu());
    for (long from = 0; from < shape.size(); from += CHUNK) {
      long to = Math.min(shape.size(), from + CHUNK);
      try (NDArray part = bytes.get("{}:{}", 2 * from, 2 * to)) {
        if (isExact) {
          checkpoint.read(name, from, memory(part));
        } else {
          round(name, from, memory(part).asShortBuffer());
        }
      }
    }
    int last = shape.dimension() - 1;
    NDArray shaped = bytes.reshape(shape.slice(0, last).add(2 * shape.get(last)));
    bytes.close();
    return moved(shaped, device);
  }

  private void round(String name, long from, ShortBuffer target) {
    FloatBuffer values = FloatBuffer.allocate(target.remaining());
    checkpoint.read(name, from, values);
    values.flip();
    while (values.hasRemaining()) {
      target.put(HalfFloats.toBfloat16(values.get()));
    }
  }

  private NDArray read(String name, Shape shape, long elements, Device device) {
    NDArray array = manager.create(shape, DataType.FLOAT32, Device.cpu());
    try (NDArray flat = array.reshape(shape.size())) {
      for (long from = 0; from < elements; from += CHUNK) {
        long to = Math.min(elements, from + CHUNK);
        try (NDArray part = flat.get("{}:{}", from, to)) {
          checkpoint.read(name, from, floats(part));
        }
      }
    }
    return moved(array, device);
  }

  /** A parameter's values, read from where they are when they are wanted. */
  static TensorEntry entry(Parameter parameter) {
    NDArray array = parameter.getArray();
    return new TensorEntry(
        parameter.getName(),
        Arrays.stream(array.getShape().getShape()).boxed().toList(),
        (from, target) -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray flat = array.stopGradient().reshape(array.size());
            NDArray part = flat.get("{}:{}", from, from + target.remaining());
            target.put(floats(part.toDevice(Device.cpu(), false)));
          }
        });
  }

  /** The memory of a contiguous float32 array on the CPU. */
  static FloatBuffer floats(NDArray array) {
    return memory(array).asFloatBuffer();
  }

  private static ByteBuffer memory(NDArray array) {
    ByteBuffer bytes = array.toByteBuffer(true);
    if (!bytes.isDirect()) {
      throw new IllegalStateException("a tensor's memory is not to be had");
    }
    return bytes.order(ByteOrder.nativeOrder());
  }

  private static NDArray moved(NDArray array, Device device) {
    NDArray there = array.toDevice(device, false);
    if (there != array) {
      array.close();
    }
    return there;
  }

  /**
   * Fills the rows of a table on the CPU from a row on with the mean of the first {@code known}
   * rows.
   */
  static void fillWithMean(NDArray table, long from, long known) {
    int channels = (int) table.getShape().get(1);
    double[] sums = new double[channels];
    float[] row = new float[channels];
    for (long r = 0; r < known; r++) {
      try (NDArray there = table.get(r)) {
        floats(there).get(row);
      }
      for (int c = 0; c < channels; c++) {
        sums[c] += row[c];
      }
    }
    for (int c = 0; c < channels; c++) {
      row[c] = (float) (sums[c] / known);
    }
    for (long r = from; r < table.getShape().get(0); r++) {
      try (NDArray there = table.get(r)) {
        floats(there).put(row);
      }
    }
  }
}
