package io.bisift.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.safetensors.SafetensorsFile;
import io.bisift.model.safetensors.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the reference's recorded cases: what goes into the model, and what came out. */
public final class GoldenCase implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String llm;
  private final String name;
  private final JsonNode meta;
  private final JsonNode facts;
  private final SafetensorsFile outputs;
  private final SafetensorsFile inputs;

  public GoldenCase(String llm, String name) {
    this.llm = llm;
    this.name = name;
    JsonNode root = json(llm + "/cases.json");
    meta = root.path("meta");
    facts = root.path("cases").path(name);
    outputs = open(name);
    inputs = facts.has("same_inputs_as") ? open(inputName()) : outputs;
  }

  private String inputName() {
    return facts.path("same_inputs_as").asText(name);
  }

  private SafetensorsFile open(String file) {
    return SafetensorsFile.open(Golden.path(llm + "/cases/" + file + ".safetensors"));
  }

  public static JsonNode json(String file) {
    try {
      return JSON.readTree(Golden.path(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path checkpoint() {
    return Golden.path(llm + "/" + facts.path("checkpoint").asText("checkpoint"));
  }

  public ModelConfig config() {
    Path file = checkpoint().resolve(facts.path("config").asText("config.json"));
    try {
      return ModelConfig.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RewardTokens tokens() {
    return new RewardTokens(
        meta.path("img_context_token_id").intValue(),
        meta.path("prm_token_id").intValue(),
        meta.path("reward_token_ids").path("Yes").intValue(),
        meta.path("reward_token_ids").path("No").intValue());
  }

  public TokenBatch batch() {
    List<Long> shape = inputs.info("input_ids").shape();
    int rows = shape.get(0).intValue();
    int length = shape.get(1).intValue();
    long[] mask = inputs.longs("attention_mask");
    boolean[] real = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      real[i] = mask[i] != 0;
    }
    long[] places = inputs.longs("prm_positions");
    long[] steps = new long[places.length / 2];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = places[2 * i] * length + places[2 * i + 1];
    }
    long[] positions =
        inputs.tensors().containsKey("position_ids") ? inputs.longs("position_ids") : null;
    return new TokenBatch(rows, length, inputs.longs("input_ids"), real, positions, steps);
  }

  /** Pixels of all tiles, or of those that a text refers to. */
  public NDArray pixels(NDManager manager, boolean all) {
    JsonNode keys =
        (inputs == outputs ? facts : json(llm + "/cases.json").path("cases").path(inputName()))
            .path("pixel_values");
    List<NDArray> tiles = new ArrayList<>();
    try (SafetensorsFile pictures =
        SafetensorsFile.open(Golden.path("images/pixel_values.safetensors"))) {
      keys.forEach(
          key -> {
            if (all || !key.asText().startsWith("TEXTONLY")) {
              tiles.add(array(pictures, key.asText(), manager));
            }
          });
    }
    return tiles.stream().reduce((a, b) -> a.concat(b, 0)).orElseThrow();
  }

  private static NDArray array(SafetensorsFile file, String name, NDManager manager) {
    TensorInfo info = file.info(name);
    long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
    return manager.create(file.floats(name), new Shape(shape));
  }

  public boolean has(String output) {
    return outputs.tensors().containsKey(output);
  }

  public float[] expected(String output) {
    return outputs.floats(output);
  }

  /** Labels of the steps. */
  public NDArray labels(NDManager manager) {
    return array(inputs, "labels_prm", manager);
  }

  public JsonNode facts() {
    return facts;
  }

  @Override
  public void close() {
    outputs.close();
    inputs.close();
  }
}
