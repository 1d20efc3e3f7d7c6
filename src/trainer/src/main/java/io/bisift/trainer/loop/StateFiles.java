package io.bisift.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.bisift.core.UserException;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.CheckpointWriter;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.safetensors.TensorType;
import io.bisift.trainer.optim.AdamW;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights and moments of a checkpoint, as safetensors in float32: {@code weight/NAME}, {@code
 * first/NAME}, {@code second/NAME}.
 */
public final class StateFiles {
  private static final String WEIGHT = "weight/";
  private static final String FIRST = "first/";
  private static final String SECOND = "second/";
  private static final int CHUNK = 1 << 22; // floats on their way at once

  private StateFiles() {}

  /** Writes them. */
  static void write(Path folder, Map<String, NDArray> weights, AdamW optimizer) {
    List<TensorEntry> entries = new ArrayList<>();
    weights.forEach((name, weight) -> entries.add(entry(WEIGHT + name, weight)));
    optimizer
        .moments()
        .forEach(
            (name, moments) -> {
              entries.add(entry(FIRST + name, moments.first()));
              entries.add(entry(SECOND + name, moments.second()));
            });
    new CheckpointWriter(TensorType.F32, CheckpointWriter.DEFAULT_SHARD_BYTES)
        .write(folder, entries);
  }

  /** An array as a tensor to write. */
  public static TensorEntry entry(String name, NDArray array) {
    List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
    return new TensorEntry(name, shape, (from, target) -> copy(array, from, target));
  }

  private static void copy(NDArray array, long from, FloatBuffer target) {
    long at = from;
    try (NDArray flat = array.reshape(-1)) {
      while (target.hasRemaining()) {
        int count = Math.min(CHUNK, target.remaining());
        try (NDArray part = flat.get(new NDIndex("{}:{}", at, at + count))) {
          target.put(part.toFloatArray());
        }
        at += count;
      }
    }
  }

  /**
   * Fills weights and optimizer with what was written.
   *
   * @throws UserException if the checkpoint is of another model, or of other weights in training
   */
  public static void read(
      Path folder, Map<String, NDArray> weights, AdamW optimizer, long updates) {
    readWeights(folder, weights);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      Map<String, AdamW.Moments> moments = new LinkedHashMap<>();
      weights.forEach(
          (name, weight) -> {
            if (checkpoint.names().contains(FIRST + name)) {
              NDArray first = weight.zerosLike();
              NDArray second = weight.zerosLike();
              fill(checkpoint, FIRST + name, first);
              fill(checkpoint, SECOND + name, second);
              moments.put(name, new AdamW.Moments(first, second));
            }
          });
      optimizer.restore(updates, moments);
    }
  }

  /**
   * Fills weights with what was written.
   *
   * @throws UserException as {@link #read}
   */
  public static void readWeights(Path folder, Map<String, NDArray> weights) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      weights.forEach((name, weight) -> fill(checkpoint, WEIGHT + name, weight));
      for (String name : checkpoint.names()) {
        if (name.startsWith(WEIGHT) && !weights.containsKey(name.substring(WEIGHT.length()))) {
          throw UserException.failure(folder + " has " + name + ", which is not trained now");
        }
      }
    }
  }

  private static void fill(Checkpoint checkpoint, String name, NDArray array) {
    checkpoint.info(name, array.getShape().getShape());
    long size = array.getShape().size();
    try (NDManager scope = NDManager.subManagerOf(array);
        NDArray flat = array.reshape(-1)) { // a view: what is set is set in the array
      flat.attach(scope);
      for (long from = 0; from < size; from += CHUNK) {
        int count = (int) Math.min(CHUNK, size - from);
        float[] values = new float[count];
        checkpoint.read(name, from, FloatBuffer.wrap(values));
        NDArray part = scope.create(values, new Shape(count));
        flat.set(new NDIndex("{}:{}", from, from + count), part);
        part.close();
      }
    }
  }
}
