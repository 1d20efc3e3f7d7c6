package io.bisift.trainer.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.bisift.trainer.data.StepTarget;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values and gradients against numbers worked out by hand (closed forms in the comments). */
final class RewardLossTest {
  private static final double TOLERANCE = 2e-6;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray variable(float[] values, Shape shape) {
    NDArray array = manager.create(values, shape);
    array.setRequiresGradient(true);
    return array;
  }

  private static double backward(Supplier<NDArray> loss) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = loss.get();
      collector.backward(value);
      return value.getFloat();
    }
  }

  @Test
  void crossEntropyIsTheMeanOverPositions() {
    // p_yes = 3/4 and 1/2; labels 1 and 0.25
    NDArray logits = variable(new float[] {(float) Math.log(3), 0, 5, 5}, new Shape(2, 2));
    List<StepTarget> targets = List.of(new StepTarget(1, 0, 0), new StepTarget(0.25, 0, 0));
    double loss = backward(() -> RewardLoss.crossEntropy(logits, targets));
    assertEquals((Math.log(4.0 / 3) + Math.log(2)) / 2, loss, TOLERANCE);
    float[] gradient = logits.getGradient().toFloatArray();
    // (p - y) / P
    assertEquals((0.75 - 1) / 2, gradient[0], TOLERANCE);
    assertEquals((0.25 - 0) / 2, gradient[1], TOLERANCE);
    assertEquals((0.5 - 0.25) / 2, gradient[2], TOLERANCE);
    assertEquals((0.5 - 0.75) / 2, gradient[3], TOLERANCE);
  }

  @Test
  void betaBinomialOfAUniformBeliefGivesEveryCountTheSameChance() {
    // mu = 1/2, kappa = 2: Beta(1, 1), so each of the N + 1 counts has chance 1 / (N + 1)
    NDArray logits = variable(new float[] {0, 0, 0, 0}, new Shape(2, 2));
    float z = (float) Math.log(Math.expm1(2));
    NDArray reliability = variable(new float[] {z, z}, new Shape(2));
    List<StepTarget> targets = List.of(new StepTarget(0.25, 4, 16), new StepTarget(1, 16, 16));
    double loss = backward(() -> RewardLoss.betaBinomial(logits, reliability, targets, 0, 0));
    assertEquals(Math.log(17), loss, 1e-5);
  }

  /**
   * One continuation: B(K + a, 1 − K + b) / B(a, b) is a/(a+b) for K = 1, so the loss is −log μ
   * whatever κ is, and its gradient on the logits is that of a cross-entropy.
   */
  @Test
  void betaBinomialOfOneContinuationIsTheCrossEntropy() {
    NDArray logits = variable(new float[] {(float) Math.log(3), 0}, new Shape(1, 2));
    NDArray reliability = variable(new float[] {1.3f}, new Shape(1));
    double loss =
        backward(
            () ->
                RewardLoss.betaBinomial(
                    logits, reliability, List.of(new StepTarget(1, 1, 1)), 0, 1e-3));
    assertEquals(Math.log(4.0 / 3), loss, 1e-5);
    assertEquals(-0.25, logits.getGradient().toFloatArray()[0], 1e-5);
    assertEquals(0, reliability.getGradient().toFloatArray()[0], 1e-5);
  }

  /**
   * N = 2, K = 1: the chance is 2ab / ((a+b)(a+b+1)) = 2μ(1−μ)κ/(κ+1). With μ = 3/4 and κ = 3 that
   * is 9/32. Gradients: ∂/∂l₀ = −(1−2μ) = 1/2; ∂/∂κ = −1/κ + 1/(κ+1) = −1/12, and ∂κ/∂z =
   * sigmoid(z) = 1 − e^−3. The regularizer adds w·|3/4 − 1/2|·κ = w·3/4 and w/4 to ∂/∂κ, nothing to
   * the logits.
   */
  @Test
  void betaBinomialOfTwoContinuations() {
    NDArray logits = variable(new float[] {(float) Math.log(3), 0}, new Shape(1, 2));
    NDArray reliability = variable(new float[] {(float) Math.log(Math.expm1(3))}, new Shape(1));
    List<StepTarget> targets = List.of(new StepTarget(0.5, 1, 2));
    double weight = 0.2;
    double loss = backward(() -> RewardLoss.betaBinomial(logits, reliability, targets, weight, 0));
    assertEquals(-Math.log(9.0 / 32) + weight * 0.75, loss, 1e-5);
    assertEquals(0.5, logits.getGradient().toFloatArray()[0], 1e-5);
    assertEquals(-0.5, logits.getGradient().toFloatArray()[1], 1e-5);
    double slope = 1 - Math.exp(-3);
    assertEquals(
        (-1.0 / 12 + weight / 4) * slope, reliability.getGradient().toFloatArray()[0], 1e-5);
  }

  @Test
  void binomialCoefficients() {
    assertEquals(Math.log(12870), RewardLoss.logChoose(16, 8), 1e-12);
    assertEquals(0, RewardLoss.logChoose(16, 16), 1e-12);
    assertEquals(0, RewardLoss.logChoose(16, 0));
  }
}
