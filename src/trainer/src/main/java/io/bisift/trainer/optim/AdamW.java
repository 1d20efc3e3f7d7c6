package io.bisift.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay (arXiv:1711.05101), as PyTorch computes it. For a weight w with
 * gradient g at the t-th update, t from 1:
 *
 * <pre>
 *   w ← w · (1 − η·λ)                              where the decay applies
 *   m ← β₁·m + (1 − β₁)·g          v ← β₂·v + (1 − β₂)·g²
 *   w ← w − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * <p>Weights and moments are float32 and change in place, each on its own device. Not thread-safe.
 */
public final class AdamW {
  /**
   * What is set.
   *
   * @param weightDecay λ
   * @param decay which weights it takes hold of
   */
  public record Settings(
      double beta1, double beta2, double epsilon, double weightDecay, Decay decay) {}

  /**
   * The running means of a weight.
   *
   * @param first m
   * @param second v
   */
  public record Moments(NDArray first, NDArray second) {}

  private final Settings settings;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private long updates;

  public AdamW(Settings settings) {
    this.settings = settings;
  }

  /** Updates made. */
  public long updates() {
    return updates;
  }

  /** The moments by weight: what a checkpoint keeps. */
  public Map<String, Moments> moments() {
    return moments;
  }

  /** Takes up where a checkpoint was written. The moments belong to the optimizer from now on. */
  public void restore(long updates, Map<String, Moments> moments) {
    this.updates = updates;
    this.moments.clear();
    this.moments.putAll(moments);
  }

  /** Begins an update: every weight is then given to {@link #apply} once. */
  public void begin() {
    updates++;
  }

  /**
   * Changes a weight.
   *
   * @param weight on the device where its moments are to be; owned by a manager that outlives this
   * @param gradient of the same shape, on the same device; left as it is
   * @param scale that the gradient is multiplied with: clipping and the mean over micro-batches
   * @param rate η
   */
  public void apply(String name, NDArray weight, NDArray gradient, double scale, double rate) {
    Moments moment = moments.computeIfAbsent(name, n -> zeros(weight));
    double correction1 = 1 - Math.pow(settings.beta1, (double) updates);
    double correction2 = 1 - Math.pow(settings.beta2, (double) updates);
    try (NDManager scope = NDManager.subManagerOf(weight)) {
      NDArray g = gradient.mul(scale);
      g.attach(scope);
      if (settings.decay.applies(name)) {
        weight.muli(1 - rate * settings.weightDecay);
      }
      NDArray square = g.square();
      square.attach(scope);
      moment.first.muli(settings.beta1).addi(g.muli(1 - settings.beta1));
      moment.second.muli(settings.beta2).addi(square.muli(1 - settings.beta2));
      NDArray step = moment.second.sqrt();
      step.attach(scope);
      step.divi(Math.sqrt(correction2)).addi(settings.epsilon);
      NDArray change = moment.first.div(step);
      change.attach(scope);
      weight.subi(change.muli(rate / correction1));
    }
  }

  private static Moments zeros(NDArray weight) {
    return new Moments(weight.zerosLike(), weight.zerosLike());
  }

  /** Frees the moments. */
  public void close() {
    for (Moments moment : moments.values()) {
      moment.first.close();
      moment.second.close();
    }
    moments.clear();
  }
}
