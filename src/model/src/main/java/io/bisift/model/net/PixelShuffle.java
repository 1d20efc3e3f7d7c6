package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.config.ModelConfig.ShuffleOrder;

/**
 * Drops the class vector and gathers k×k patches into one cell, space to depth: [T, 1 + g², C] →
 * [T, (g/k)², k²C]. Cell (I, J) has in its channels (di·k + dj)·C + c the patch (kI + di, kJ + dj).
 * Order v1 swaps I and J.
 */
final class PixelShuffle extends NetBlock {
  private final int grid;
  private final int factor;
  private final ShuffleOrder order;

  PixelShuffle(ModelConfig config) {
    grid = config.grid();
    factor = config.shuffle();
    order = config.shuffleOrder();
  }

  /**
   * @param inputs hidden states of the tower [T, 1 + g², C]
   */
  @Override
  NDArray compute(NDList inputs) {
    NDArray patches = inputs.head().get(new NDIndex(":, 1:"));
    long tiles = patches.getShape().get(0);
    long width = patches.getShape().get(2);
    long side = grid / factor;
    NDArray split = patches.reshape(tiles, side, factor, side, factor, width);
    NDArray cells =
        order == ShuffleOrder.V2
            ? split.transpose(0, 1, 3, 2, 4, 5)
            : split.transpose(0, 3, 1, 2, 4, 5);
    return cells.reshape(tiles, side * side, (long) factor * factor * width);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    long side = grid / factor;
    long cells = (long) factor * factor;
    return new Shape[] {new Shape(inputs[0].get(0), side * side, cells * inputs[0].get(2))};
  }
}
