package io.bisift.model.kernel;

import io.bisift.core.scoring.ScorerSettings.Precision;

/**
 * How the layers of tower and language model compute.
 *
 * @param precision of matrix products and of what passes between them; norms, softmax and sums
 *     along the layers are float32 always
 * @param attention how scores meet values
 */
public record Arithmetic(Precision precision, Attention attention) {
  /** The reference path: DJL's own operations, one by one. */
  public static final Arithmetic REFERENCE = new Arithmetic(Precision.FLOAT32, Attention.PLAIN);

  /** Kinds of attention. */
  public enum Attention {
    /**
     * Scores, softmax and mixture one after the other; memory grows with the square of the length.
     */
    PLAIN,
    /** PyTorch's {@code scaled_dot_product_attention}: the same numbers but for rounding. */
    FUSED
  }

  /** Whether DJL's own operations do. */
  public boolean isReference() {
    return equals(REFERENCE);
  }
}
