package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A norm over the last axis, any shape in and out. RMSNorm, {@code x / √(mean(x²) + ε) · w}, has
 * {@code NAME.weight}; LayerNorm, {@code (x - mean) / √(variance + ε) · w + b}, {@code NAME.bias}
 * too.
 */
final class Norm extends NetBlock {
  private final double eps;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  private Norm(String name, long width, double eps, boolean layerNorm) {
    this.eps = eps;
    weight = parameter(name + ".weight", width);
    bias = layerNorm ? parameter(name + ".bias", width) : null;
  }

  static Norm rms(String name, long width, double eps) {
    return new Norm(name, width, eps, false);
  }

  static Norm layer(String name, long width, double eps) {
    return new Norm(name, width, eps, true);
  }

  NDArray compute(NDArray x) {
    return bias == null
        ? Tensors.rmsNorm(x, weight.getArray(), eps)
        : Tensors.layerNorm(x, weight.getArray(), bias.getArray(), eps);
  }

  /** The two tensors of a norm, as the script has it. */
  NDList weights(NDArray nothing) {
    return new NDList(weight.getArray(), bias == null ? nothing : bias.getArray());
  }

  @Override
  NDArray compute(NDList inputs) {
    return compute(inputs.head());
  }
}
