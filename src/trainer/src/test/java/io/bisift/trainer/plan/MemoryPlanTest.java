package io.bisift.trainer.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.config.ModelConfig;
import io.bisift.trainer.config.BatchOptions;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.config.ModelOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MemoryPlanTest {
  private static final int LAYERS = 4;
  private static final int WIDTH = 48;
  private static final int MLP = 96;
  private static final int VOCABULARY = 300;

  private final ModelOptions model = new ModelOptions();
  private final BatchOptions batch = new BatchOptions();
  private final DataOptions data = new DataOptions();

  MemoryPlanTest() {
    model.loraTargets = List.of("attention", "mlp");
    model.loraRank = 8;
    model.inFlight = 1;
    batch.microBatch = 2;
    data.maxTokens = 100;
  }

  private static ModelSize size() {
    ModelConfig config =
        ModelConfig.parse(
            """
            {"force_image_size": 56, "downsample_ratio": 0.5, "ps_version": "v2",
             "vision_config": {"hidden_size": 40, "num_attention_heads": 5, "num_hidden_layers": 1,
               "intermediate_size": 80, "image_size": 56, "patch_size": 14, "hidden_act": "gelu"},
             "llm_config": {"architectures": ["Qwen2ForCausalLM"], "hidden_size": 48,
               "num_attention_heads": 6, "num_key_value_heads": 2, "num_hidden_layers": 4,
               "intermediate_size": 96, "vocab_size": 300, "hidden_act": "silu"}}
            """,
            "config.json");
    Map<String, Long> tensors = new LinkedHashMap<>();
    tensors.put("vision_model.embeddings.class_embedding", 1000L);
    tensors.put("mlp1.1.weight", 500L);
    tensors.put("language_model.model.embed_tokens.weight", (long) VOCABULARY * WIDTH);
    for (int i = 0; i < LAYERS; i++) {
      String layer = "language_model.model.layers." + i + ".";
      tensors.put(layer + "self_attn.q_proj.weight", (long) WIDTH * WIDTH);
      tensors.put(layer + "self_attn.k_proj.weight", 16L * WIDTH);
      tensors.put(layer + "mlp.down_proj.weight", (long) WIDTH * MLP);
      tensors.put(layer + "input_layernorm.weight", (long) WIDTH);
    }
    tensors.put("language_model.model.norm.weight", (long) WIDTH);
    tensors.put("language_model.lm_head.weight", (long) VOCABULARY * WIDTH);
    return new ModelSize(config, tensors);
  }

  private List<MemoryPlan.Share> shares(int devices) {
    return new MemoryPlan(size(), model, batch, data).shares(devices);
  }

  private static long layer() {
    return (long) WIDTH * WIDTH + 16 * WIDTH + (long) WIDTH * MLP + WIDTH;
  }

  @Test
  void fullTuningTakesSixteenBytesForEachTrainedNumber() {
    MemoryPlan.Share one = shares(1).get(0);
    long trained = 500 + 2L * VOCABULARY * WIDTH + WIDTH + LAYERS * layer();
    assertEquals(4 * (trained + 1000), one.weights());
    assertEquals(4 * trained, one.gradients());
    assertEquals(8 * trained, one.optimizer());
    assertEquals("0-3", one.layers());
  }

  @Test
  void devicesShareTheWholeOut() {
    MemoryPlan.Share one = shares(1).get(0);
    model.layers = List.of(1, 3);
    List<MemoryPlan.Share> two = shares(2);
    assertEquals("0-0", two.get(0).layers());
    assertEquals("1-3", two.get(1).layers());
    assertEquals(one.weights(), two.get(0).weights() + two.get(1).weights());
    assertEquals(one.optimizer(), two.get(0).optimizer() + two.get(1).optimizer());
    assertEquals(one.activations(), two.get(0).activations() + two.get(1).activations());
    long front = 1000 + 500 + (long) VOCABULARY * WIDTH;
    assertEquals(4 * (front + layer()), two.get(0).weights());
  }

  @Test
  void copiesForDataParallelKeepTheOptimizerOnTheFirst() {
    model.parallel = ModelOptions.Parallel.DATA;
    List<MemoryPlan.Share> two = shares(2);
    assertEquals(two.get(0).weights(), two.get(1).weights());
    assertEquals(0, two.get(1).optimizer());
  }

  @Test
  void loraTrainsRowsAndColumnsTimesRank() {
    model.tuning = ModelOptions.Tuning.LORA;
    MemoryPlan.Share one = shares(1).get(0);
    long each = 8 * ((WIDTH + WIDTH) + (16 + WIDTH) + (MLP + WIDTH));
    assertEquals(4 * LAYERS * each, one.gradients());
    assertEquals(4 * (size().total() + LAYERS * each), one.weights());
    model.precision = Precision.BFLOAT16;
    assertEquals(2 * size().total() + 4 * LAYERS * each, shares(1).get(0).weights());
  }

  @Test
  void checkpointingKeepsTheInputsOfLayers() {
    long plain = shares(1).get(0).activations();
    model.activationCheckpointing = true;
    long kept = shares(1).get(0).activations();
    assertEquals(plain / LAYERS + LAYERS * 200L * WIDTH * 4, kept);
    model.inFlight = 3;
    assertEquals(kept + 2 * LAYERS * 200L * WIDTH * 4, shares(1).get(0).activations());
  }

  @Test
  void bfloat16HalvesActivationsAndKeepsItsMatrices() {
    long wide = shares(1).get(0).activations();
    model.precision = Precision.BFLOAT16;
    assertEquals(wide / 2 + LAYERS * layer() * 2, shares(1).get(0).activations());
    assertEquals(4 * size().total(), shares(1).get(0).weights() + 2 * 1000, "masters are float32");
  }

  @Test
  void memoryGrowsWithTheLengthNotItsSquare() {
    long plain = shares(1).get(0).activations();
    data.maxTokens *= 10;
    assertEquals(10 * plain, shares(1).get(0).activations());
  }

  @Test
  void targetsThatHitNothingAreTold() {
    assertTrue(
        new LoraTargets(List.of("q_proj"))
            .contains("language_model.model.layers.0.self_attn.q_proj.weight"));
    assertFalse(
        new LoraTargets(List.of("attention"))
            .contains("language_model.model.layers.0.attention_norm.weight"));
    assertFalse(new LoraTargets(List.of("mlp")).contains("mlp1.1.weight"));
    assertThrows(
        UserException.class,
        () -> new LoraTargets(List.of("mlp", "wqkv")).check(size().tensors().keySet()));
  }

  @Test
  void theTableSaysWhetherItFits() {
    String fits = PlanTable.of(List.of("gpu0"), shares(1), OptionalLong.of(1L << 40));
    assertTrue(fits.contains("fits:") && fits.contains("gpu0"), fits);
    String large = PlanTable.of(List.of("gpu0"), shares(1), OptionalLong.of(10));
    assertTrue(large.contains("does not fit"), large);
  }
}
