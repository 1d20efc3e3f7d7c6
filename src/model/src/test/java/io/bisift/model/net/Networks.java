package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.bisift.model.GoldenCase;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.safetensors.Checkpoint;

/** The golden checkpoints' networks. */
final class Networks {
  private Networks() {}

  static RewardNetwork load(GoldenCase golden, NDManager manager) {
    return load(golden, golden.config(), manager);
  }

  static RewardNetwork load(GoldenCase golden, ModelConfig config, NDManager manager) {
    try (Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      Placement placement = Placement.on(Device.cpu(), config.language().layers());
      return RewardNetwork.load(checkpoint, config, golden.tokens(), placement, manager);
    }
  }
}
