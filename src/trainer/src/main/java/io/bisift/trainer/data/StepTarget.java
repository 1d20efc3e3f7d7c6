package io.bisift.trainer.data;

/**
 * What a step is trained towards.
 *
 * @param label in [0, 1]
 * @param correct K: how many sampled continuations reached the right answer
 * @param total N: how many were sampled; 0 where that is not known
 */
public record StepTarget(double label, int correct, int total) {
  public StepTarget {
    if (!(label >= 0 && label <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("a label must be in [0, 1], was " + label);
    }
    if (correct < 0 || correct > total) {
      throw new IllegalArgumentException(correct + " of " + total);
    }
  }
}
