package io.bisift.trainer.trainee;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.bisift.model.net.Projection;
import io.bisift.model.net.RewardNetwork;
import io.bisift.trainer.plan.LoraTargets;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Low-rank additions (LoRA, arXiv:2106.09685): W + α/r · B·A. A begins uniform in ±1/√in, as
 * PyTorch initialises a linear map, B with zeros, so that nothing changes at first.
 *
 * @param rank r
 * @param alpha α
 */
public record LowRankAdditions(LoraTargets targets, int rank, double alpha, long seed) {
  /** Lays them over a network, all of which is frozen already. */
  public void lay(RewardNetwork network) {
    for (Projection projection : network.projections()) {
      if (targets.contains(projection.name() + ".weight")) {
        Shape shape = projection.shape();
        NDManager manager = network.manager();
        NDArray a = manager.create(uniform(projection.name(), shape.get(1)));
        network.adapt(
            projection,
            a.reshape(rank, shape.get(1)),
            manager.zeros(new Shape(shape.get(0), rank)),
            alpha / rank);
      }
    }
  }

  /** Drawn for each matrix from its name, so that order and device do not matter. */
  private float[] uniform(String name, long inputs) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed ^ crc.getValue() << 20);
    double bound = 1 / Math.sqrt((double) inputs);
    float[] values = new float[Math.toIntExact(rank * inputs)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }
}
