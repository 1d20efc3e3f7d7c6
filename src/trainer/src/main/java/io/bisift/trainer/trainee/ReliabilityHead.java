package io.bisift.trainer.trainee;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.bisift.model.net.TrainingPass;
import io.bisift.trainer.data.StepTarget;
import io.bisift.trainer.loss.RewardLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The Beta-Binomial loss with its reliability head (arXiv:2605.15529 and its code): LayerNorm and a
 * linear map from the state at {@code <prm>} to z, {@code kappa_head.0} and {@code kappa_head.1}.
 * It begins with the same κ everywhere, nearly.
 */
public final class ReliabilityHead implements LossRule {
  private static final float EPSILON = 1e-5f;
  private static final double LEAST = 1e-3; // κ_min
  private static final double SPREAD = 1e-3; // of the first weights

  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final double evidence;
  private final Device device;
  private final long width;

  /**
   * @param manager owns the weights
   * @param device where they are
   * @param width D
   * @param kappa what κ begins with
   * @param evidence weight of the regularizer
   */
  public ReliabilityHead(
      NDManager manager, Device device, long width, double kappa, double evidence, long seed) {
    this.device = device;
    this.width = width;
    this.evidence = evidence;
    SplittableRandom random = new SplittableRandom(seed);
    float[] row = new float[Math.toIntExact(width)];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (SPREAD * random.nextGaussian());
    }
    float bias = (float) Math.log(Math.expm1(Math.max(1e-6, kappa - LEAST)));
    put("kappa_head.0.weight", manager.ones(new Shape(width)));
    put("kappa_head.0.bias", manager.zeros(new Shape(width)));
    put("kappa_head.1.weight", manager.create(row, new Shape(1, width)));
    put("kappa_head.1.bias", manager.create(new float[] {bias}));
  }

  private void put(String name, NDArray array) {
    NDArray there = array.toDevice(device, false);
    there.setRequiresGradient(true);
    weights.put(name, there);
  }

  private NDArray weight(String name) {
    return Objects.requireNonNull(weights.get(name));
  }

  @Override
  public NDArray loss(TrainingPass pass, List<StepTarget> targets) {
    NDArray states = pass.stepStates().toDevice(device, false);
    NDArray normed =
        LayerNorm.layerNorm(
                states,
                new Shape(width),
                weight("kappa_head.0.weight"),
                weight("kappa_head.0.bias"),
                EPSILON)
            .singletonOrThrow();
    NDArray z =
        Linear.linear(normed, weight("kappa_head.1.weight"), weight("kappa_head.1.bias"))
            .singletonOrThrow()
            .reshape(-1);
    NDArray logits = pass.rewardLogits().toDevice(device, false);
    return RewardLoss.betaBinomial(logits, z, targets, evidence, LEAST);
  }

  @Override
  public Map<String, NDArray> weights() {
    return weights;
  }
}
