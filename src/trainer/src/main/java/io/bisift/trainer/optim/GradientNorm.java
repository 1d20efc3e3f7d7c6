package io.bisift.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** The length of all gradients together, and what clipping makes of it. */
public final class GradientNorm {
  private static final double EPSILON = 1e-6;

  private GradientNorm() {}

  /** √Σg², over all entries of all arrays; NaN or infinite if one of them is. */
  public static double of(Collection<NDArray> gradients) {
    double sum = 0;
    for (NDArray gradient : gradients) {
      try (NDArray norm = gradient.norm()) {
        double length = norm.getFloat();
        sum += length * length;
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * What gradients are multiplied with: min(1, most / (norm + 1e-6)), as PyTorch clips.
   *
   * @param most longest norm allowed; infinite for no clipping
   */
  public static double clip(double norm, double most) {
    return Double.isInfinite(most) ? 1 : Math.min(1, most / (norm + EPSILON));
  }
}
