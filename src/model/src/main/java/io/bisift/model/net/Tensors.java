package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.bisift.model.kernel.LayerScript;
import org.jspecify.annotations.Nullable;

/** Formulas that several blocks share. Results live in the manager of the first argument. */
final class Tensors {
  private Tensors() {}

  /** x Wᵀ + b: [..., in] by [out, in] gives [..., out]. */
  static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  /** x / √(mean(x²) + ε) · w over the last axis. */
  static NDArray rmsNorm(NDArray x, NDArray weight, double eps) {
    int last = x.getShape().dimension() - 1;
    NDArray meanSquare = x.square().mean(new int[] {last}, true);
    return x.div(meanSquare.add((float) eps).sqrt()).mul(weight);
  }

  /** (x - mean) / √(variance + ε) · w + b over the last axis. */
  static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
    return LayerNorm.layerNorm(x, new Shape(weight.size()), weight, bias, (float) eps)
        .singletonOrThrow();
  }

  /** Rows of a table: [...] int64 indices into [rows, channels] give [..., channels]. */
  static NDArray rows(NDArray table, NDArray indices) {
    NDList picked = Embedding.embedding(indices, table, SparseFormat.DENSE);
    return picked.singletonOrThrow();
  }

  /** The same of a table that may be kept in two bytes a number, which then is the script's. */
  static NDArray rows(NDArray table, NDArray indices, @Nullable LayerScript script) {
    return script != null && LayerScript.isTwoBytes(table)
        ? script.rows(table, indices)
        : rows(table, indices);
  }

  /**
   * 1 / √d, in the manager of an array and alive as long: the way back reads the factor again, and
   * DJL, given a number, frees its memory at once.
   */
  static NDArray scale(NDArray owner, double headWidth) {
    NDArray scale = owner.getManager().create((float) (1 / Math.sqrt(headWidth)));
    NDScope.unregister(scale);
    return scale;
  }

  /** softmax(q kᵀ) v: q [..., n, d], scaled already, k and v [..., m, d] give [..., n, d]. */
  static NDArray attention(NDArray query, NDArray key, NDArray value) {
    int last = query.getShape().dimension() - 1;
    return query.matMul(key.swapAxes(last - 1, last)).softmax(last).matMul(value);
  }
}
