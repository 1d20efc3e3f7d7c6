package io.bisift.trainer.trainee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.bisift.model.device.Devices;
import io.bisift.model.device.Placement;
import io.bisift.model.net.RewardNetwork;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.plan.LoraTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny networks of the goldens in training. */
final class NetworkTraineeTest {
  private static final int UPDATES = 4;
  private static final long CACHE = 1 << 20;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NetworkTrainee single(String llm, boolean recompute, long cache) {
    return new NetworkTrainee(
        List.of(TinyNetworks.load(llm, manager)), LossRule.CROSS_ENTROPY, recompute, cache);
  }

  private static void assertSame(List<double[]> expected, List<double[]> actual, double delta) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), delta, "update " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void severalDevicesGiveTheLossesOfOne(String llm) {
    List<List<Sample>> batches = TinyNetworks.batches(llm, 5, 1);
    List<double[]> one;
    try (NetworkTrainee model = single(llm, false, CACHE)) {
      one = TinyNetworks.train(model, batches, 1, UPDATES);
    }
    assertTrue(mean(one.get(UPDATES - 1)) < mean(one.get(0)), "it learns");
    List<Device> devices = Devices.of("cpux3");
    int layers = TinyNetworks.config(llm).language().layers();
    RewardNetwork spread = TinyNetworks.load(llm, Placement.over(devices, layers), manager);
    try (NetworkTrainee model =
        new NetworkTrainee(List.of(spread), LossRule.CROSS_ENTROPY, true, CACHE)) {
      assertSame(one, TinyNetworks.train(model, batches, 3, UPDATES), 1e-5);
    }
    List<RewardNetwork> copies = new ArrayList<>();
    devices.forEach(device -> copies.add(TinyNetworks.load(llm, manager)));
    try (NetworkTrainee model = new NetworkTrainee(copies, LossRule.CROSS_ENTROPY, false, CACHE)) {
      assertSame(one, TinyNetworks.train(model, batches, 3, UPDATES), 1e-5);
    }
  }

  @Test
  void neitherTheCacheNorRecomputingMattersToABit() {
    List<List<Sample>> batches = TinyNetworks.batches("internlm2", 3, 2);
    List<double[]> plain;
    try (NetworkTrainee model = single("internlm2", false, 0)) {
      plain = TinyNetworks.train(model, batches, 1, UPDATES);
    }
    try (NetworkTrainee model = single("internlm2", true, 0)) {
      assertSame(plain, TinyNetworks.train(model, batches, 1, UPDATES), 0);
    }
    for (long cache : new long[] {3000, CACHE}) {
      try (NetworkTrainee model = single("internlm2", false, cache)) {
        assertSame(plain, TinyNetworks.train(model, batches, 1, UPDATES), 0);
      }
    }
  }

  @Test
  void lowRankAdditionsAloneChange() {
    RewardNetwork network = TinyNetworks.load("qwen2", manager);
    network.freeze(name -> true);
    Map<String, float[]> before = values(network);
    new LowRankAdditions(new LoraTargets(List.of("attention", "mlp")), 4, 8, 7).lay(network);
    List<List<Sample>> batches = TinyNetworks.batches("qwen2", 3, 3);
    List<double[]> full;
    try (NetworkTrainee model = single("qwen2", false, CACHE)) {
      full = TinyNetworks.train(model, batches, 1, 1);
    }
    try (NetworkTrainee model =
        new NetworkTrainee(List.of(network), LossRule.CROSS_ENTROPY, true, CACHE)) {
      int layers = TinyNetworks.config("qwen2").language().layers();
      assertEquals(layers * 7 * 2, model.weights().size());
      List<double[]> losses = TinyNetworks.train(model, batches, 1, 30);
      assertSame(full, losses.subList(0, 1), 1e-6); // at first they change nothing
      assertTrue(mean(losses.get(29)) < mean(losses.get(0)) - 0.01, "it learns");
      Map<String, float[]> after = values(network);
      before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
    }
  }

  @Test
  void theReliabilityHeadLearns() {
    RewardNetwork network = TinyNetworks.load("qwen2", manager);
    ReliabilityHead head =
        new ReliabilityHead(
            network.manager(),
            Device.cpu(),
            TinyNetworks.config("qwen2").language().width(),
            4,
            0.05,
            1);
    List<List<Sample>> batches = TinyNetworks.batches("qwen2", 3, 4);
    try (NetworkTrainee model = new NetworkTrainee(List.of(network), head, true, CACHE)) {
      float[] bias = model.weights().get("kappa_head.1.bias").toFloatArray();
      assertEquals(4 - 1e-3, Math.log1p(Math.exp(bias[0])), 1e-5);
      List<double[]> losses = TinyNetworks.train(model, batches, 1, 10);
      assertTrue(mean(losses.get(9)) < mean(losses.get(0)), "it learns");
      assertTrue(model.weights().get("kappa_head.1.bias").toFloatArray()[0] != bias[0]);
      double judged = model.judge(batches.get(0)).loss();
      model.clearGradients();
      assertEquals(model.addGradients(batches.subList(0, 1))[0], judged, 1e-6);
    }
  }

  @Test
  void aThousandUpdatesLeaveNothingBehind() {
    List<List<Sample>> batches = TinyNetworks.batches("qwen2", 2, 5);
    try (NetworkTrainee model = single("qwen2", true, CACHE)) {
      TinyNetworks.train(model, batches, 2, 20);
      int managed = Held.resources(manager);
      long resident = Held.megabytes();
      TinyNetworks.train(model, batches, 2, 1000);
      assertEquals(managed, Held.resources(manager), "arrays that nobody closed");
      long grown = Held.megabytes() - resident;
      assertTrue(grown < 150, "the process grew by " + grown + " MB");
    }
  }

  private static double mean(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  private static Map<String, float[]> values(RewardNetwork network) {
    Map<String, float[]> values = new TreeMap<>();
    network.parameters().forEach((name, p) -> values.put(name, p.getArray().toFloatArray()));
    return values;
  }
}
