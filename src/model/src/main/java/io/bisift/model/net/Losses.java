package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** Scores of steps, and what training minimises. */
public final class Losses {
  private Losses() {}

  /** Softmax over the two logits: how likely each step is right, [P, 2] → [P]. */
  public static NDArray scores(NDArray rewardLogits) {
    return rewardLogits.softmax(1).get(new NDIndex(":, 0"));
  }

  /**
   * Mean over the steps of -(y log p + (1 - y) log(1 - p)), p the score.
   *
   * @param rewardLogits [P, 2]
   * @param labels [P], each in [0, 1]: 0 or 1, or the share of continuations that were right
   */
  public static NDArray crossEntropy(NDArray rewardLogits, NDArray labels) {
    NDArray right = labels.reshape(-1, 1);
    NDArray targets = right.concat(right.mul(-1).add(1), 1);
    return rewardLogits.logSoftmax(1).mul(targets).sum(new int[] {1}).mean().neg();
  }
}
