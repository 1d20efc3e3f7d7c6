package io.bisift.model.safetensors;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a file's header says of one tensor.
 *
 * @param shape length of each dimension; none for a single number
 * @param offset of its first byte in the file
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long offset) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** Elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Bytes in the file. */
  public long bytes() {
    return Math.multiplyExact(size(), type.bytes());
  }

  /** Whether the shape is this one. */
  public boolean hasShape(long... dimensions) {
    return shape.equals(Arrays.stream(dimensions).boxed().toList());
  }

  /** The shape as messages have it: {@code [3, 48]}. */
  public String shapeText() {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
