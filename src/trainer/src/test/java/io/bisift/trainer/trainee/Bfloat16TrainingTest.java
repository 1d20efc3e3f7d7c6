package io.bisift.trainer.trainee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import io.bisift.model.net.RewardNetwork;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.Decay;
import io.bisift.trainer.plan.LoraTargets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training in bfloat16 beside training in float32, from the same weights on the same records. */
final class Bfloat16TrainingTest {
  private static final long CACHE = 1 << 20;
  private static final int UPDATES = 20;
  private static final double NEAR =
      0.03; // bfloat16 has 8 bits; the reference's own is off by this

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static NetworkTrainee trainee(RewardNetwork network) {
    return new NetworkTrainee(List.of(network), LossRule.CROSS_ENTROPY, true, CACHE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void lossesFollowThoseInFloat32(String llm) {
    List<List<Sample>> batches = TinyNetworks.batches(llm, 4, 6);
    List<double[]> wide;
    try (NetworkTrainee model = trainee(TinyNetworks.load(llm, manager))) {
      wide = TinyNetworks.train(model, batches, 1, UPDATES);
    }
    try (NetworkTrainee model = trainee(TinyNetworks.loadBfloat16(llm, manager))) {
      List<double[]> narrow = TinyNetworks.train(model, batches, 1, UPDATES);
      for (int update = 0; update < UPDATES; update++) {
        assertArrayEquals(wide.get(update), narrow.get(update), NEAR, "update " + update);
      }
      assertNotEquals(wide.get(0)[0], narrow.get(0)[0], "the arithmetic is the same");
      double fallen = wide.get(0)[0] - wide.get(UPDATES - 1)[0];
      assertTrue(fallen > 5 * NEAR, "it learns too little to tell: " + fallen);
    }
  }

  /** A change of 10⁻⁶ is lost on most weights in bfloat16, and on none of these in float32. */
  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void weightsTakeChangesThatBfloat16WouldLose(String llm) {
    List<List<Sample>> batches = TinyNetworks.batches(llm, 1, 7);
    double rate = 1e-6;
    try (NetworkTrainee model = trainee(TinyNetworks.loadBfloat16(llm, manager))) {
      Map<String, float[]> before = new HashMap<>();
      model.weights().forEach((name, weight) -> before.put(name, weight.toFloatArray()));
      AdamW optimizer = new AdamW(new AdamW.Settings(0.9, 0.999, 1e-12, 0, Decay.ALL));
      model.clearGradients();
      model.addGradients(batches);
      optimizer.begin();
      Map<String, NDArray> gradients = model.gradients();
      model
          .weights()
          .forEach((name, weight) -> optimizer.apply(name, weight, gradients.get(name), 1, rate));
      model
          .weights()
          .forEach(
              (name, weight) -> {
                assertEquals(DataType.FLOAT32, weight.getDataType(), name);
                float[] old = before.get(name);
                float[] now = weight.toFloatArray();
                float[] gradient = gradients.get(name).toFloatArray();
                for (int i = 0; i < old.length; i++) {
                  if (Math.abs(gradient[i]) > 1e-8 && Math.abs(old[i]) < 1) {
                    // Adam's first step is the rate against the gradient's sign
                    assertEquals(old[i] - rate * Math.signum(gradient[i]), now[i], 3e-7, name);
                  }
                }
              });
      gradients.values().forEach(NDArray::close);
      optimizer.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void lowRankAdditionsLearnOverWeightsInTwoBytes(String llm) {
    List<List<Sample>> batches = TinyNetworks.batches(llm, 3, 8);
    RewardNetwork network = TinyNetworks.loadTwoBytes(llm, manager);
    Map<String, byte[]> before = bytes(network);
    assertTrue(before.size() > 10, "the matrices are not in two bytes");
    new LowRankAdditions(new LoraTargets(List.of("attention", "mlp")), 4, 8, 7).lay(network);
    try (NetworkTrainee model = trainee(network)) {
      model
          .weights()
          .forEach((name, weight) -> assertEquals(DataType.FLOAT32, weight.getDataType(), name));
      List<double[]> losses = TinyNetworks.train(model, batches, 1, 30);
      assertTrue(losses.get(29)[0] < losses.get(0)[0] - NEAR, "it learns");
      Map<String, byte[]> after = bytes(network);
      before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
    }
  }

  private static Map<String, byte[]> bytes(RewardNetwork network) {
    Map<String, byte[]> bytes = new HashMap<>();
    for (Parameter parameter : network.parameters().values()) {
      if (parameter.getArray().getDataType() == DataType.UINT8) {
        bytes.put(parameter.getName(), parameter.getArray().toByteArray());
      }
    }
    return bytes;
  }
}
