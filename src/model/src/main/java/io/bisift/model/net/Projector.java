package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.bisift.model.config.ModelConfig;

/**
 * From the tower's cells to the language model's tokens: [T, t, k²C] → [T, t, D]: LayerNorm,
 * linear, gelu (erf), linear; {@code mlp1.0}, {@code mlp1.1}, {@code mlp1.3}.
 */
final class Projector extends NetBlock {
  private static final double EPS = 1e-5; // PyTorch's default, not the tower's

  private final long width;
  private final Norm norm;
  private final Projection first;
  private final Projection second;

  Projector(ModelConfig config) {
    long cells = (long) config.shuffle() * config.shuffle() * config.vision().width();
    width = config.language().width();
    norm = part("0", Norm.layer("mlp1.0", cells, EPS));
    first = part("1", new Projection("mlp1.1", width, cells, true));
    second = part("3", new Projection("mlp1.3", width, width, true));
  }

  /**
   * @param inputs cells [T, t, k²C]
   */
  @Override
  NDArray compute(NDList inputs) {
    return second.compute(Activation.gelu(first.compute(norm.compute(inputs.head()))));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1), width)};
  }
}
