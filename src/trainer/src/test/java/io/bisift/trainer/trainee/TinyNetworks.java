package io.bisift.trainer.trainee;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.GoldenCase;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.input.EncodedRecord;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.net.NetworkSettings;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.trainer.data.StepTarget;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.Decay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The goldens' tiny networks with records drawn at random. */
final class TinyNetworks {
  private static final String CASE = "c3_batch";
  private static final NetworkSettings SETTINGS = settings(Precision.FLOAT32);
  private static final int TILE_BYTES = 56 * 56 * 3;

  private TinyNetworks() {}

  private static NetworkSettings settings(Precision precision) {
    return new NetworkSettings(
        new Arithmetic(precision, Attention.FUSED),
        name -> name.startsWith("vision_model."),
        false);
  }

  static ModelConfig config(String llm) {
    try (GoldenCase golden = new GoldenCase(llm, CASE)) {
      return golden.config();
    }
  }

  /** A network with its tower frozen, all on one device. */
  static RewardNetwork load(String llm, NDManager manager) {
    return load(llm, onCpu(llm), manager);
  }

  static RewardNetwork load(String llm, Placement placement, NDManager manager) {
    return load(llm, CASE, placement, SETTINGS, manager);
  }

  /** The same weights; the arithmetic is in bfloat16. */
  static RewardNetwork loadBfloat16(String llm, NDManager manager) {
    return load(llm, CASE, onCpu(llm), settings(Precision.BFLOAT16), manager);
  }

  /** A checkpoint in bfloat16, frozen whole, its matrices kept in two bytes a number. */
  static RewardNetwork loadTwoBytes(String llm, NDManager manager) {
    Arithmetic arithmetic = new Arithmetic(Precision.BFLOAT16, Attention.FUSED);
    NetworkSettings settings = NetworkSettings.frozen(arithmetic, true);
    return load(llm, "b_" + CASE, onCpu(llm), settings, manager);
  }

  private static Placement onCpu(String llm) {
    return Placement.on(Device.cpu(), config(llm).language().layers());
  }

  private static RewardNetwork load(
      String llm, String name, Placement placement, NetworkSettings settings, NDManager manager) {
    try (GoldenCase golden = new GoldenCase(llm, name);
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      return RewardNetwork.load(
          checkpoint, golden.config(), golden.tokens(), placement, settings, manager);
    }
  }

  /** Records of several lengths, most with a picture, in micro-batches of two. */
  static List<List<Sample>> batches(String llm, int count, long seed) {
    RewardTokens tokens;
    try (GoldenCase golden = new GoldenCase(llm, CASE)) {
      tokens = golden.tokens();
    }
    int perTile = config(llm).tokensPerTile();
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Sample>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(
          List.of(
              sample(tokens, perTile, random, 2 * i), sample(tokens, perTile, random, 2 * i + 1)));
    }
    return batches;
  }

  private static Sample sample(RewardTokens tokens, int perTile, SplittableRandom random, int id) {
    List<byte[]> tiles = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    List<StepTarget> targets = new ArrayList<>();
    for (int tile = random.nextInt(3); tile > 0; tile--) {
      byte[] bytes = new byte[TILE_BYTES];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt(256);
      }
      tiles.add(bytes);
      for (int i = 0; i < perTile; i++) {
        ids.add(tokens.imageContext());
      }
    }
    for (int step = 1 + random.nextInt(3); step > 0; step--) {
      for (int i = 3 + random.nextInt(6); i > 0; i--) {
        ids.add(5 + random.nextInt(200));
      }
      positions.add(ids.size());
      ids.add(tokens.step());
      int k = random.nextInt(17);
      targets.add(new StepTarget(k / 16.0, k, 16));
    }
    return new Sample(
        "s:" + id,
        new EncodedRecord(
            ids.stream().mapToInt(Integer::intValue).toArray(),
            positions.stream().mapToInt(Integer::intValue).toArray(),
            tiles),
        targets);
  }

  /** Trains for some updates of all micro-batches; the losses of each. */
  static List<double[]> train(
      NetworkTrainee model, List<List<Sample>> batches, int inFlight, int updates) {
    AdamW optimizer = new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0.05, Decay.NO_BIAS_NO_NORM));
    List<double[]> losses = new ArrayList<>();
    for (int update = 0; update < updates; update++) {
      model.clearGradients();
      double[] all = new double[batches.size()];
      for (int from = 0; from < batches.size(); from += inFlight) {
        int to = Math.min(batches.size(), from + inFlight);
        double[] some = model.addGradients(batches.subList(from, to));
        System.arraycopy(some, 0, all, from, some.length);
      }
      losses.add(all);
      optimizer.begin();
      Map<String, NDArray> gradients = model.gradients();
      model
          .weights()
          .forEach(
              (name, weight) ->
                  optimizer.apply(name, weight, gradients.get(name), 1.0 / batches.size(), 1e-3));
      gradients.values().forEach(NDArray::close);
      model.weightsChanged();
    }
    optimizer.close();
    return losses;
  }
}
