package io.bisift.trainer.run;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.device.Devices;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.net.NetworkSettings;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.TensorType;
import io.bisift.trainer.config.BatchOptions;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.config.ModelOptions;
import io.bisift.trainer.config.ModelOptions.Parallel;
import io.bisift.trainer.config.ModelOptions.Tuning;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.plan.LoraTargets;
import io.bisift.trainer.plan.MemoryPlan;
import io.bisift.trainer.plan.ModelSize;
import io.bisift.trainer.plan.Placement;
import io.bisift.trainer.trainee.LowRankAdditions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Loads the networks of a run: one, over its devices, or a copy on each. */
final class Networks {
  private Networks() {}

  /**
   * Loads them, with what is not trained frozen.
   *
   * @param manager their weights' grandparent
   */
  static List<RewardNetwork> load(ModelSource source, Options options, NDManager manager) {
    List<Device> devices = Devices.of(options.model.devices);
    boolean copies = options.model.parallel == Parallel.DATA && devices.size() > 1;
    List<RewardNetwork> networks = new ArrayList<>();
    try {
      if (copies) {
        for (Device device : devices) {
          networks.add(load(source, options, List.of(device), manager));
        }
      } else {
        networks.add(load(source, options, devices, manager));
      }
      return networks;
    } catch (RuntimeException e) {
      networks.forEach(RewardNetwork::close);
      throw e;
    }
  }

  private static RewardNetwork load(
      ModelSource source, Options options, List<Device> devices, NDManager manager) {
    Placement placement = placement(source, options, devices.size());
    RewardNetwork network;
    try (Checkpoint checkpoint = Checkpoint.open(source.folder())) {
      network =
          RewardNetwork.load(
              checkpoint,
              source.config(),
              source.tokens(),
              on(placement, devices),
              settings(options.model, source, checkpoint),
              manager);
    }
    addLowRank(network, options.model, options.batch.seed);
    return network;
  }

  /**
   * Fused attention, whatever the precision: less memory, and no difference but rounding. What is
   * frozen stays as small as it is stored where the arithmetic is no finer.
   */
  static NetworkSettings settings(ModelOptions model, ModelSource source, Checkpoint checkpoint) {
    boolean twoBytes =
        model.precision == Precision.BFLOAT16
            && checkpoint.names().stream()
                .allMatch(name -> checkpoint.info(name).type() == TensorType.BF16);
    Predicate<String> frozen =
        model.tuning == Tuning.FULL ? name -> name.startsWith("vision_model.") : name -> true;
    return new NetworkSettings(new Arithmetic(model.precision, Attention.FUSED), frozen, twoBytes)
        .withNewTokens(source.tokenizer().missing().size());
  }

  /** Lays the additions over a network, if it is to be trained so. */
  static void addLowRank(RewardNetwork network, ModelOptions model, long seed) {
    if (model.tuning == Tuning.LORA) {
      LoraTargets targets = new LoraTargets(model.loraTargets);
      targets.check(network.parameters().keySet());
      new LowRankAdditions(targets, model.loraRank, model.loraAlpha, seed).lay(network);
    }
  }

  private static Placement placement(ModelSource source, Options options, int devices) {
    BatchOptions batch = options.batch;
    DataOptions data = options.data;
    return new MemoryPlan(ModelSize.read(source.folder()), options.model, batch, data)
        .placement(devices);
  }

  private static io.bisift.model.device.Placement on(Placement placement, List<Device> devices) {
    List<Device> layers = new ArrayList<>();
    for (int device = 0; device < placement.devices(); device++) {
      for (int i = 0; i < placement.layers().get(device); i++) {
        layers.add(devices.get(device));
      }
    }
    Device first = devices.get(0);
    return new io.bisift.model.device.Placement(
        first, first, first, layers, devices.get(placement.devices() - 1));
  }
}
