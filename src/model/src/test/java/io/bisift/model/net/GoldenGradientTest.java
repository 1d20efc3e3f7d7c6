package io.bisift.model.net;

import static io.bisift.model.net.Close.assertClose;
import static io.bisift.model.net.Networks.backward;
import static io.bisift.model.net.Networks.gradients;
import static io.bisift.model.net.Networks.l2;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.model.GoldenCase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network's backward against the reference's numbers, within the tolerances of its README. */
class GoldenGradientTest {
  private static final double TOLERANCE = 2e-4; // of a tensor's l2, and of its largest entry

  @ParameterizedTest
  @CsvSource({
    "internlm2, c1_single, false",
    "internlm2, c2_multi, true",
    "internlm2, c3_batch, false",
    "internlm2, c3_batch, true",
    "qwen2, c1_single, true",
    "qwen2, c2_multi, false",
    "qwen2, c3_batch, false",
    "qwen2, c3_batch, true"
  })
  void gradientsAreTheReferences(String llm, String name, boolean recompute) {
    JsonNode expected = GoldenCase.json(llm + "/grads.json").path(name);
    try (GoldenCase golden = new GoldenCase(llm, name);
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, manager)) {
      network.freeze(parameter -> parameter.startsWith("vision_model."));
      NDArray cells = network.imageCells(golden.pixels(manager, false));
      float loss = backward(network, golden, cells, recompute);
      assertEquals(expected.path("loss").doubleValue(), loss, 5e-5);
      Map<String, float[]> gradients = gradients(network);
      JsonNode params = expected.path("params");
      assertEquals(params.size(), gradients.size());
      double squares = 0;
      for (Map.Entry<String, JsonNode> entry : params.properties()) {
        float[] gradient = gradients.get(entry.getKey());
        check(entry.getKey(), entry.getValue(), gradient);
        squares += Math.pow(l2(gradient), 2);
      }
      double all = expected.path("global_l2").doubleValue();
      assertEquals(all, Math.sqrt(squares), TOLERANCE * all);
    }
  }

  private static void check(String name, JsonNode expected, float[] gradient) {
    double l2 = expected.path("l2").doubleValue();
    double largest = expected.path("max_abs").doubleValue();
    assertEquals(l2, l2(gradient), TOLERANCE * l2, name);
    for (int i = 0; i < expected.path("first16").size(); i++) {
      double value = expected.path("first16").path(i).doubleValue();
      assertEquals(value, gradient[i], TOLERANCE * largest, name);
    }
    for (int i = 0; i < expected.path("sample_index").size(); i++) {
      int index = expected.path("sample_index").path(i).intValue();
      double value = expected.path("sample_value").path(i).doubleValue();
      assertEquals(value, gradient[index], TOLERANCE * largest, name);
    }
  }

  @ParameterizedTest
  @CsvSource({"internlm2", "qwen2"})
  void recomputationGivesTheSameBits(String llm) {
    try (GoldenCase golden = new GoldenCase(llm, "c3_batch");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork kept = Networks.load(golden, manager);
        RewardNetwork recomputed = Networks.load(golden, manager)) {
      NDArray pixels = golden.pixels(manager, false);
      float loss = backward(kept, golden, pixels, false);
      assertEquals(loss, backward(recomputed, golden, pixels, true));
      Map<String, float[]> gradients = gradients(recomputed);
      gradients(kept).forEach((name, value) -> assertArrayEquals(value, gradients.get(name), name));
    }
  }

  /** The tower's gradients, of which there are no recorded ones, against differences of losses. */
  @ParameterizedTest
  @CsvSource({"internlm2", "qwen2"})
  void theTowerLearnsToo(String llm) {
    try (GoldenCase golden = new GoldenCase(llm, "c2_multi");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, manager)) {
      NDArray pixels = golden.pixels(manager, false);
      backward(network, golden, pixels, true);
      Map<String, float[]> gradients = gradients(network);
      network.freeze(name -> true);
      for (String name :
          new String[] {"embeddings.position_embedding", "encoder.layers.1.attn.qkv.weight"}) {
        Parameter parameter = network.parameters().get("vision_model." + name);
        float[] gradient = gradients.get("vision_model." + name);
        double length = l2(gradient);
        NDArray step = manager.create(gradient, parameter.getArray().getShape()).div(length);
        double slope = 0;
        double h = 2e-3;
        for (int sign : new int[] {1, -1}) {
          parameter.getArray().addi(step.mul(sign * h));
          NDArray cells = network.imageCells(pixels);
          NDArray reward = network.rewardLogits(golden.batch(), cells, manager);
          slope += sign * Losses.crossEntropy(reward, golden.labels(manager)).getFloat() / (2 * h);
          parameter.getArray().subi(step.mul(sign * h));
        }
        assertEquals(length, slope, 0.02 * length, name);
      }
    }
  }

  @Test
  void gradientsAddUpUntilTheyAreSetToZero() {
    try (GoldenCase golden = new GoldenCase("qwen2", "c1_single");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, manager)) {
      network.freeze(name -> !name.startsWith("mlp1."));
      NDArray cells = network.imageCells(golden.pixels(manager, false));
      backward(network, golden, cells, true);
      Map<String, float[]> once = gradients(network);
      backward(network, golden, cells, true);
      assertEquals(6, once.size());
      gradients(network)
          .forEach(
              (name, twice) -> {
                assertTrue(l2(twice) > 0);
                float[] half = manager.create(twice).div(2).toFloatArray();
                assertClose(once.get(name), half, 1e-6 * l2(half), name);
              });
      network.zeroGradients();
      gradients(network).forEach((name, zero) -> assertEquals(0, l2(zero)));
    }
  }

  @Test
  void passesMayBeOpenTogetherAndLeaveNothingBehind() {
    try (GoldenCase golden = new GoldenCase("internlm2", "c1_single");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, manager)) {
      NDArray pixels = golden.pixels(manager, false);
      backward(network, golden, pixels, true);
      int arrays = network.manager().getManagedArrays().size();
      try (TrainingPass first = network.pass(golden.batch(), pixels, true);
          TrainingPass second = network.pass(golden.batch(), pixels, false)) {
        NDArray labels = golden.labels(first.manager());
        second.backward(logits -> Losses.crossEntropy(logits, labels));
        first.backward(logits -> Losses.crossEntropy(logits, labels));
      }
      assertEquals(arrays, network.manager().getManagedArrays().size());
    }
  }
}
