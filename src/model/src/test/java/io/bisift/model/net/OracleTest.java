package io.bisift.model.net;

import static io.bisift.model.net.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.device.Placement;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.safetensors.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward and backward at odd shapes against a model that was written in plain PyTorch. */
class OracleTest {
  private static final double TOLERANCE = 2e-4; // of a gradient's length

  @TempDir private Path folder;

  static List<OracleCase> cases() {
    return OracleCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plainLayersAgree(OracleCase oracle) {
    check(oracle, Arithmetic.REFERENCE, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fusedAndRecomputedLayersAgree(OracleCase oracle) {
    check(oracle, new Arithmetic(Precision.FLOAT32, Attention.FUSED), true);
  }

  private void check(OracleCase oracle, Arithmetic arithmetic, boolean recompute) {
    oracle.write(folder);
    NetworkSettings settings = new NetworkSettings(arithmetic, name -> false, false);
    Placement placement = Placement.on(Device.cpu(), oracle.config().language().layers());
    try (NDManager manager = NDManager.newBaseManager();
        Checkpoint checkpoint = Checkpoint.open(folder);
        RewardNetwork network =
            RewardNetwork.load(
                checkpoint, oracle.config(), oracle.tokens(), placement, settings, manager)) {
      TokenBatch batch = oracle.batch();
      NDArray pixels = oracle.hasPixels() ? oracle.pixels(manager) : null;
      NDArray cells = pixels == null ? null : network.imageCells(pixels);
      NDArray logits = network.rewardLogits(batch, cells, manager);
      assertClose(oracle.floats("logits"), logits, 1e-4, "logits");
      float loss;
      try (TrainingPass pass = network.pass(batch, pixels, recompute)) {
        NDArray labels = pass.manager().create(oracle.floats("labels"));
        loss = pass.backward(l -> Losses.crossEntropy(l, labels)).getFloat();
      }
      assertEquals(oracle.json().path("loss").doubleValue(), loss, 5e-5);
      checkGradients(new TreeMap<>(Networks.gradients(network)), oracle);
    }
  }

  /** Lengths, and products with a vector that is not the gradient's friend. */
  private static void checkGradients(Map<String, float[]> gradients, OracleCase oracle) {
    JsonNode expected = oracle.json().path("gradients");
    int next = 0;
    for (Map.Entry<String, float[]> entry : gradients.entrySet()) {
      float[] gradient = entry.getValue();
      double l2 = Networks.l2(gradient);
      if (l2 == 0) {
        continue; // nothing that the loss depends on
      }
      assertTrue(next < expected.size(), entry.getKey() + " has a gradient, and should have none");
      float[] probe = OracleCase.numbers("probe " + entry.getKey(), gradient.length);
      double product = 0;
      for (int i = 0; i < gradient.length; i++) {
        product += (double) gradient[i] * probe[i];
      }
      double length = expected.path(next).path(0).doubleValue();
      assertEquals(length, l2, TOLERANCE * length, entry.getKey());
      assertEquals(
          expected.path(next).path(1).doubleValue(), product, TOLERANCE * length, entry.getKey());
      next++;
    }
    assertEquals(expected.size(), next, "tensors with a gradient");
  }
}
