package io.bisift.model.net;

import static io.bisift.model.net.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.GoldenCase;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers as TorchScript against DJL's own operations, forward and backward. */
class ScriptTest {
  private static final Arithmetic FUSED = new Arithmetic(Precision.FLOAT32, Attention.FUSED);
  private static final NetworkSettings TRAINED = new NetworkSettings(FUSED, name -> false, false);

  private static NetworkSettings bfloat16(Attention attention, boolean twoBytes) {
    return NetworkSettings.frozen(new Arithmetic(Precision.BFLOAT16, attention), twoBytes);
  }

  @ParameterizedTest
  @CsvSource({
    "internlm2, c3_batch",
    "internlm2, s1_score_leftpad",
    "internlm2, n_c3_batch",
    "internlm2, b_c2_multi",
    "qwen2, c3_batch",
    "qwen2, c5_zero_id",
    "qwen2, s1_score_leftpad",
    "qwen2, n_c3_batch"
  })
  void fusedAttentionMeetsTheReferencesNumbers(String llm, String name) {
    try (GoldenCase golden = new GoldenCase(llm, name);
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, TRAINED, manager)) {
      NDArray cells = network.imageCells(golden.pixels(manager, false));
      NDArray reward = network.rewardLogits(golden.batch(), cells, manager);
      assertClose(golden.expected("reward_logits"), reward, 1e-4, "reward_logits");
    }
  }

  @ParameterizedTest
  @CsvSource({"internlm2, false", "internlm2, true", "qwen2, false", "qwen2, true"})
  void gradientsOfAllWeightsAreThoseOfThePlainPath(String llm, boolean recompute) {
    try (GoldenCase golden = new GoldenCase(llm, "c3_batch");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork plain = Networks.load(golden, manager);
        RewardNetwork script = Networks.load(golden, TRAINED, manager)) {
      NDArray pixels = golden.pixels(manager, false);
      float loss = Networks.backward(plain, golden, pixels, false);
      assertEquals(loss, Networks.backward(script, golden, pixels, recompute), 1e-5);
      Map<String, float[]> expected = Networks.gradients(plain);
      Map<String, float[]> gradients = Networks.gradients(script);
      assertEquals(expected.keySet(), gradients.keySet());
      expected.forEach(
          (name, values) ->
              assertClose(values, gradients.get(name), 2e-4 * Networks.l2(values), name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void lowRankChangesAreThoseOfThePlainPath(String llm) {
    try (GoldenCase golden = new GoldenCase(llm, "c2_multi");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork plain = Networks.load(golden, manager);
        RewardNetwork script = Networks.load(golden, TRAINED, manager)) {
      for (RewardNetwork network : new RewardNetwork[] {plain, script}) {
        network.freeze(name -> true);
        for (Projection map : network.projections()) {
          long[] shape = map.weight().getArray().getShape().getShape();
          NDArray a = manager.arange((int) (2 * shape[1])).sin().reshape(2, shape[1]);
          NDArray b = manager.arange((int) (2 * shape[0])).cos().reshape(shape[0], 2).mul(0.02);
          network.adapt(map, a, b, 0.5);
        }
      }
      NDArray cells = plain.imageCells(golden.pixels(manager, false));
      float loss = Networks.backward(plain, golden, cells, false);
      assertTrue(Math.abs(loss - golden.facts().path("loss").doubleValue()) > 1e-3);
      assertEquals(loss, Networks.backward(script, golden, cells, true), 1e-5);
      Map<String, float[]> gradients = Networks.gradients(script);
      Networks.gradients(plain)
          .forEach(
              (name, values) ->
                  assertClose(values, gradients.get(name), 2e-4 * Networks.l2(values), name));
    }
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void bfloat16IsAsNearAsTheReferencesOwn(Attention attention) {
    for (String llm : new String[] {"internlm2", "qwen2"}) {
      for (String name : new String[] {"b_c1_single", "b_c2_multi", "b_c3_batch"}) {
        try (GoldenCase golden = new GoldenCase(llm, name);
            NDManager manager = NDManager.newBaseManager();
            RewardNetwork network = Networks.load(golden, bfloat16(attention, true), manager)) {
          NDArray cells = network.imageCells(golden.pixels(manager, false));
          NDArray reward = network.rewardLogits(golden.batch(), cells, manager);
          // the reference's arithmetic in bfloat16 is off by up to 0.04 here
          assertClose(golden.expected("scores"), Losses.scores(reward), 0.04, llm + name);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void gradientsInBfloat16PointTheSameWay(String llm) {
    Arithmetic half = new Arithmetic(Precision.BFLOAT16, Attention.FUSED);
    NetworkSettings settings = new NetworkSettings(half, name -> false, false);
    try (GoldenCase golden = new GoldenCase(llm, "c3_batch");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork plain = Networks.load(golden, manager);
        RewardNetwork script = Networks.load(golden, settings, manager)) {
      NDArray pixels = golden.pixels(manager, false);
      Networks.backward(plain, golden, pixels, false);
      Networks.backward(script, golden, pixels, true);
      double product = 0;
      double squares = 0;
      double expected = 0;
      Map<String, float[]> gradients = Networks.gradients(script);
      for (Map.Entry<String, float[]> entry : Networks.gradients(plain).entrySet()) {
        float[] gradient = gradients.get(entry.getKey());
        for (int i = 0; i < gradient.length; i++) {
          product += (double) gradient[i] * entry.getValue()[i];
        }
        squares += Math.pow(Networks.l2(gradient), 2);
        expected += Math.pow(Networks.l2(entry.getValue()), 2);
      }
      assertTrue(product / Math.sqrt(squares * expected) > 0.99);
      assertEquals(1, Math.sqrt(squares / expected), 0.05);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void weightsInTwoBytesOfABfloat16CheckpointChangeNoBit(String llm) {
    try (GoldenCase golden = new GoldenCase(llm, "b_c3_batch");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork wide = Networks.load(golden, TRAINED, manager);
        RewardNetwork narrow =
            Networks.load(golden, NetworkSettings.frozen(FUSED, true), manager)) {
      NDArray cells = wide.imageCells(golden.pixels(manager, false));
      NDArray narrowCells = narrow.imageCells(golden.pixels(manager, false));
      assertArrayEquals(cells.toFloatArray(), narrowCells.toFloatArray());
      assertArrayEquals(
          wide.tokenLogits(golden.batch(), cells, manager).toFloatArray(),
          narrow.tokenLogits(golden.batch(), cells, manager).toFloatArray());
      assertArrayEquals(
          wide.rewardLogits(golden.batch(), cells, manager).toFloatArray(),
          narrow.rewardLogits(golden.batch(), cells, manager).toFloatArray());
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> narrow.freeze(name -> false));
      assertTrue(e.getMessage().endsWith("is kept in two bytes: it cannot be trained"));
    }
  }
}
