package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import io.bisift.model.config.ModelConfig;

/**
 * Pixels to patch vectors: [T, 3, S, S] → [T, 1 + g², C], g = S / p. A convolution of stride p cuts
 * patches, row by row; the class vector comes first; positions are added, their grid resized where
 * tiles have another size than the tower was made for.
 *
 * <pre>
 *   embeddings.class_embedding            [1, 1, C]
 *   embeddings.patch_embedding.weight     [C, 3, p, p], .bias [C]
 *   embeddings.position_embedding         [1, 1 + g₀², C]
 * </pre>
 */
final class VisionEmbedding extends NetBlock {
  private static final String NAME = "vision_model.embeddings.";

  private final int width;
  private final int patch;
  private final int oldGrid;
  private final int grid;
  private final Parameter classVector;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter positions;

  VisionEmbedding(ModelConfig config) {
    width = config.vision().width();
    patch = config.vision().patchSize();
    oldGrid = config.vision().grid();
    grid = config.grid();
    classVector = parameter(NAME + "class_embedding", 1, 1, width);
    weight = parameter(NAME + "patch_embedding.weight", width, 3, patch, patch);
    bias = parameter(NAME + "patch_embedding.bias", width);
    positions = parameter(NAME + "position_embedding", 1, 1 + (long) oldGrid * oldGrid, width);
  }

  /**
   * @param inputs pixels [T, 3, S, S]
   */
  @Override
  NDArray compute(NDList inputs) {
    NDArray pixels = inputs.head();
    long tiles = pixels.getShape().get(0);
    NDArray patches =
        Conv2d.conv2d(pixels, weight.getArray(), bias.getArray(), new Shape(patch, patch))
            .singletonOrThrow()
            .reshape(tiles, width, (long) grid * grid)
            .swapAxes(1, 2);
    NDArray first = classVector.getArray().broadcast(tiles, 1, width);
    return first.concat(patches, 1).add(resizedPositions());
  }

  private NDArray resizedPositions() {
    NDArray all = positions.getArray();
    if (grid == oldGrid) {
      return all;
    }
    NDArray resize =
        all.getManager()
            .create(
                Bicubic.grid(oldGrid, grid),
                new Shape((long) grid * grid, (long) oldGrid * oldGrid));
    NDArray cells = all.get(new NDIndex(":, 1:"));
    return all.get(new NDIndex(":, :1")).concat(resize.matMul(cells), 1);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), 1 + (long) grid * grid, width)};
  }
}
