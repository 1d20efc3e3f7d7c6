package io.bisift.model.net;

import static io.bisift.model.net.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.bisift.model.GoldenCase;
import io.bisift.model.input.TokenBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network's forward against the reference's numbers, within the tolerances of its README. */
class GoldenForwardTest {
  @ParameterizedTest
  @CsvSource({
    "internlm2, c1_single",
    "internlm2, c2_multi",
    "internlm2, c3_batch",
    "internlm2, c4_textmix",
    "internlm2, s1_score_leftpad",
    "internlm2, n_c2_multi",
    "internlm2, n_c3_batch",
    "internlm2, b_c1_single",
    "internlm2, b_c2_multi",
    "internlm2, b_c3_batch",
    "qwen2, c1_single",
    "qwen2, c2_multi",
    "qwen2, c3_batch",
    "qwen2, c4_textmix",
    "qwen2, c5_zero_id",
    "qwen2, s1_score_leftpad",
    "qwen2, n_c2_multi",
    "qwen2, n_c3_batch",
    "qwen2, b_c1_single",
    "qwen2, b_c2_multi",
    "qwen2, b_c3_batch"
  })
  void logitsScoresAndLossAreTheReferences(String llm, String name) {
    try (GoldenCase golden = new GoldenCase(llm, name);
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, manager)) {
      TokenBatch batch = golden.batch();
      NDArray allCells = network.imageCells(golden.pixels(manager, true));
      if (golden.has("vit_embeds")) {
        NDArray vectors = network.imageVectors(allCells);
        assertClose(golden.expected("vit_embeds"), vectors, 1e-4, "vit_embeds");
      }
      NDArray cells = network.imageCells(golden.pixels(manager, false));
      NDArray reward = network.rewardLogits(batch, cells, manager);
      assertClose(golden.expected("reward_logits"), reward, 1e-4, "reward_logits");
      assertClose(golden.expected("scores"), Losses.scores(reward), 5e-5, "scores");
      assertClose(
          golden.expected("logits_prm"),
          network.tokenLogits(batch, cells, manager),
          1e-4,
          "logits_prm");
      if (golden.facts().has("loss")) {
        float loss = Losses.crossEntropy(reward, golden.labels(manager)).getFloat();
        assertEquals(golden.facts().path("loss").doubleValue(), loss, 5e-5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"internlm2, 2, 3", "qwen2, 3, 2"})
  void hiddenStatesAreTheReferences(String llm, int blocks, int layers) {
    try (GoldenCase golden = new GoldenCase(llm, "c1_single");
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = Networks.load(golden, manager)) {
      NDArray pixels = golden.pixels(manager, true);
      for (int i = 0; i <= blocks; i++) {
        String name = "vit_hidden_" + i;
        assertClose(golden.expected(name), network.towerState(pixels, i), 1e-4, name);
      }
      NDArray cells = network.imageCells(pixels);
      TokenBatch batch = golden.batch();
      for (int i = 0; i <= layers; i++) {
        String name = "llm_hidden_" + i;
        NDArray state = network.languageState(batch, cells, i, manager);
        assertClose(golden.expected(name), state, 1e-4, name);
      }
      long[] all = new long[batch.length()];
      Arrays.setAll(all, i -> i);
      TokenBatch everywhere =
          new TokenBatch(1, batch.length(), batch.ids(), batch.real(), batch.positions(), all);
      assertClose(
          golden.expected("logits"),
          network.tokenLogits(everywhere, cells, manager),
          1e-4,
          "logits");
    }
  }

  @Test
  void positionsAreResizedAsTheReferenceDoes() {
    for (String llm : new String[] {"internlm2", "qwen2"}) {
      try (GoldenCase golden = new GoldenCase(llm, "resize_pos_embedding");
          NDManager manager = NDManager.newBaseManager()) {
        float[] before = golden.expected("before");
        float[] after = golden.expected("after");
        int width = golden.config().vision().width();
        int from = (int) Math.sqrt(before.length / width - 1);
        int to = (int) Math.sqrt(after.length / width - 1);
        NDArray cells = manager.create(before).reshape(-1, width).get("1:");
        NDArray resized =
            manager.create(Bicubic.grid(from, to)).reshape((long) to * to, -1).matMul(cells);
        NDArray expected = manager.create(after).reshape(-1, width).get("1:");
        assertClose(expected.toFloatArray(), resized, 1e-5, "positions");
      }
    }
  }
}
