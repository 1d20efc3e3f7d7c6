package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.bisift.model.input.TokenBatch;

/**
 * What is added to attention scores: 0 where a query may look at a key, else a number so low that
 * softmax makes it 0. A key may be seen from its own position on, unless it is padding. (Finite, so
 * that the row of a left pad, which sees nothing, is uniform and not NaN; nobody reads it.)
 */
final class AttentionMask {
  private static final float HIDDEN = -1e30f;

  private AttentionMask() {}

  /** [B, 1, 1, N, N], or [1, 1, 1, N, N] where the causal mask is enough. */
  static NDArray of(TokenBatch batch, NDManager manager) {
    int length = batch.length();
    try (NDManager inner = manager.newSubManager()) {
      NDArray places = inner.arange(length);
      NDArray hidden = places.reshape(1, length).gt(places.reshape(length, 1));
      long rows = 1;
      boolean[] real = batch.real();
      if (real != null && !batch.isCausalMaskEnough()) {
        rows = batch.rows();
        NDArray padding = inner.create(real, new Shape(rows, 1, length)).logicalNot();
        hidden = hidden.reshape(1, length, length).logicalOr(padding);
      }
      NDArray mask =
          hidden.toType(DataType.FLOAT32, false).muli(HIDDEN).reshape(rows, 1, 1, length, length);
      mask.attach(manager);
      return mask;
    }
  }
}
