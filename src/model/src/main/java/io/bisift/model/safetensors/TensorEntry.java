package io.bisift.model.safetensors;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * A tensor to be written.
 *
 * @param values where its values come from
 */
public record TensorEntry(String name, List<Long> shape, Values values) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Gives values when they are wanted, some at a time. */
  @FunctionalInterface
  public interface Values {
    /**
     * @param from index of the first element, row-major
     * @param target to be filled from its position to its limit
     */
    void read(long from, FloatBuffer target);
  }

  /** The tensor as a checkpoint has it. */
  public static TensorEntry of(Checkpoint checkpoint, String name) {
    return new TensorEntry(
        name, checkpoint.info(name).shape(), (from, target) -> checkpoint.read(name, from, target));
  }

  /** Elements. */
  long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
