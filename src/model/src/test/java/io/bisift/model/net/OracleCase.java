package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.safetensors.CheckpointWriter;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.safetensors.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;

/**
 * A case of {@code src/test/oracle/oracle.py}; the formulas of its weights and pixels are there.
 */
record OracleCase(JsonNode json) {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final RewardTokens TOKENS = new RewardTokens(3, 4, 5, 6);

  static List<OracleCase> all() {
    try (InputStream in = OracleCase.class.getResourceAsStream("/oracle/cases.json")) {
      JsonNode cases = new ObjectMapper().readTree(in);
      return StreamSupport.stream(cases.spliterator(), false).map(OracleCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return json.path("name").textValue();
  }

  ModelConfig config() {
    return ModelConfig.parse(json.path("config").toString(), toString());
  }

  RewardTokens tokens() {
    return TOKENS;
  }

  /** Writes its checkpoint. */
  void write(Path folder) {
    List<TensorEntry> tensors = new ArrayList<>();
    TensorShapes.of(config()).forEach((name, shape) -> tensors.add(tensor(name, shape)));
    new CheckpointWriter(TensorType.F32, Long.MAX_VALUE).write(folder, tensors);
  }

  private static TensorEntry tensor(String name, List<Long> shape) {
    int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    float[] values = numbers(name, size);
    float scale = (float) (2.5 / Math.sqrt((double) size / shape.get(0)));
    for (int i = 0; i < size; i++) {
      if (shape.size() == 1) {
        values[i] = name.endsWith(".bias") ? 0.25f * values[i] : 1 + 0.5f * values[i];
      } else {
        values[i] *= name.contains("embed") ? 0.25f : scale;
      }
    }
    return new TensorEntry(
        name, shape, (from, target) -> target.put(values, (int) from, target.remaining()));
  }

  /** Numbers in (-1, 1), bell-shaped around 0, that depend on the name alone. */
  static float[] numbers(String name, int count) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      long z = crc.getValue() * STEP + i * STEP;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      numbers[i] = (float) ((double) ((z >>> 40) + (z & 0xFFFFFF)) / (1 << 24) - 1);
    }
    return numbers;
  }

  TokenBatch batch() {
    int rows = json.path("rows").intValue();
    long[] ids = longs("ids");
    boolean[] real = new boolean[ids.length];
    IntStream.range(0, ids.length).forEach(i -> real[i] = json.path("real").path(i).intValue() > 0);
    long[] steps = IntStream.range(0, ids.length).filter(i -> ids[i] == 4).asLongStream().toArray();
    long[] positions = json.has("positions") ? longs("positions") : null;
    return new TokenBatch(rows, ids.length / rows, ids, real, positions, steps);
  }

  private long[] longs(String field) {
    return StreamSupport.stream(json.path(field).spliterator(), false)
        .mapToLong(JsonNode::longValue)
        .toArray();
  }

  float[] floats(String field) {
    JsonNode list = json.path(field);
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.path(i).floatValue();
    }
    return values;
  }

  /** Pixels of its tiles; with no tile there is nothing to look at. */
  NDArray pixels(NDManager manager) {
    int tiles = json.path("tiles").intValue();
    int size = config().imageSize();
    float[] values = numbers("pixels", tiles * 3 * size * size);
    return manager.create(values, new Shape(tiles, 3, size, size)).mul(2);
  }

  boolean hasPixels() {
    return json.path("tiles").intValue() > 0;
  }
}
