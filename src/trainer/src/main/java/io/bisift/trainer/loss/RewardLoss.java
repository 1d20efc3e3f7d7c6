package io.bisift.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import io.bisift.model.net.Losses;
import io.bisift.trainer.data.StepTarget;
import java.util.Arrays;
import java.util.List;

/**
 * Losses of a micro-batch with P {@code <prm>} positions. Everything is differentiable and stays
 * with the manager of the logits.
 */
public final class RewardLoss {
  private static final double EPSILON = 1e-6;

  private RewardLoss() {}

  /**
   * Cross-entropy over the two reward logits with the targets' labels, hard or not: {@link
   * Losses#crossEntropy}.
   *
   * @param logits (P, 2): those of Yes and No
   * @return a number
   */
  public static NDArray crossEntropy(NDArray logits, List<StepTarget> targets) {
    float[] labels = new float[targets.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (float) targets.get(i).label();
    }
    return Losses.crossEntropy(logits, create(logits, labels));
  }

  /**
   * Negative log-likelihood of the counts under a Beta-Binomial (arXiv:2605.15529), with the
   * regularizer of that paper's code: the mean over all P of
   *
   * <pre>
   *   −log [ C(N, K) · B(K + a, N − K + b) / B(a, b) ]  +  w·|μ̄ − K/N|·κ
   *   μ = softmax(logits)₀   κ = softplus(z) + κ_min   a = μκ + 10⁻⁶   b = (1 − μ)κ + 10⁻⁶
   * </pre>
   *
   * <p>μ̄ is μ without a gradient: the second term only keeps κ small where μ misses. The
   * likelihood lets μ follow the counts as closely as N warrants, and κ says how far to trust it.
   *
   * @param logits (P, 2): those of Yes and No
   * @param reliability (P): z
   * @param targets each with N &gt; 0
   * @param evidence w ≥ 0
   * @param least κ_min
   */
  public static NDArray betaBinomial(
      NDArray logits,
      NDArray reliability,
      List<StepTarget> targets,
      double evidence,
      double least) {
    int positions = targets.size();
    float[] correct = new float[positions];
    float[] wrong = new float[positions];
    double combinations = 0; // Σ log C(N, K), the same whatever the model says
    for (int i = 0; i < positions; i++) {
      StepTarget target = targets.get(i);
      if (target.total() == 0) {
        throw new IllegalArgumentException("a step without counts");
      }
      correct[i] = target.correct();
      wrong[i] = target.total() - target.correct();
      combinations += logChoose(target.total(), target.correct());
    }
    NDArray k = create(logits, correct);
    NDArray rest = create(logits, wrong);
    NDArray mean = logits.softmax(-1).get(":, 0");
    NDArray kappa = softPlus(reliability).add(least);
    NDArray a = mean.mul(kappa).add(EPSILON);
    NDArray b = mean.neg().add(1).mul(kappa).add(EPSILON);
    NDArray likelihood = logBeta(k.add(a), rest.add(b)).sub(logBeta(a, b));
    NDArray missed = mean.stopGradient().sub(k.div(k.add(rest))).abs();
    NDArray regularizer = missed.mul(kappa).mul(all(logits, positions, evidence / positions));
    NDArray averaged = likelihood.mul(all(logits, positions, 1.0 / positions));
    return regularizer.sub(averaged).sum().sub((float) (combinations / positions));
  }

  /**
   * Values in the manager of an array, on its device. Factors are arrays here, never numbers: the
   * way back reads them again, and DJL frees what it makes of a number at once.
   */
  private static NDArray create(NDArray owner, float... values) {
    return owner.getManager().create(values).toDevice(owner.getDevice(), false);
  }

  private static NDArray all(NDArray owner, int count, double value) {
    float[] values = new float[count];
    Arrays.fill(values, (float) value);
    return create(owner, values);
  }

  private static NDArray softPlus(NDArray z) {
    return z.getNDArrayInternal().softPlus();
  }

  private static NDArray logBeta(NDArray a, NDArray b) {
    return NDArrays.add(a.gammaln(), b.gammaln()).sub(a.add(b).gammaln());
  }

  /** log C(n, k); n is a number of continuations, so a plain sum is exact enough and quick. */
  static double logChoose(int n, int k) {
    double sum = 0;
    for (int i = 1; i <= k; i++) {
      sum += Math.log((double) (n - k + i) / i);
    }
    return sum;
  }
}
