package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.bisift.model.GoldenCase;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.safetensors.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/** The golden checkpoints' networks. */
final class Networks {
  private Networks() {}

  static RewardNetwork load(GoldenCase golden, NDManager manager) {
    return load(golden, golden.config(), NetworkSettings.REFERENCE, manager);
  }

  static RewardNetwork load(GoldenCase golden, NetworkSettings settings, NDManager manager) {
    return load(golden, golden.config(), settings, manager);
  }

  static RewardNetwork load(
      GoldenCase golden, ModelConfig config, NetworkSettings settings, NDManager manager) {
    try (Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      Placement placement = Placement.on(Device.cpu(), config.language().layers());
      return RewardNetwork.load(checkpoint, config, golden.tokens(), placement, settings, manager);
    }
  }

  /** One pass back; the gradients stay in the network. */
  static float backward(
      RewardNetwork network, GoldenCase golden, NDArray image, boolean recompute) {
    try (TrainingPass pass = network.pass(golden.batch(), image, recompute)) {
      NDArray labels = golden.labels(pass.manager());
      return pass.backward(logits -> Losses.crossEntropy(logits, labels)).getFloat();
    }
  }

  /** Gradients of all that is trained, by name. */
  static Map<String, float[]> gradients(RewardNetwork network) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (Map.Entry<String, Parameter> entry : network.parameters().entrySet()) {
      if (entry.getValue().requiresGradient()) {
        try (NDArray gradient = entry.getValue().getArray().getGradient()) {
          gradients.put(entry.getKey(), gradient.toFloatArray());
        }
      }
    }
    return gradients;
  }

  static double l2(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
