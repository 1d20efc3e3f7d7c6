package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.model.config.LanguageConfig;

/**
 * The last norm and the output projection, where they are wanted: at the steps' ends, for some
 * tokens. {@code model.norm} [D]; {@code output} (InternLM2) or {@code lm_head} (Qwen2) [V, D].
 */
final class RewardHead extends NetBlock {
  private final long width;
  private final long vocabulary;
  private final Norm norm;
  private final Parameter weight;

  RewardHead(LanguageConfig config) {
    width = config.width();
    vocabulary = config.vocabulary();
    norm = part("norm", Norm.rms("language_model.model.norm", width, config.normEps()));
    String name =
        switch (config.architecture()) {
          case INTERNLM2 -> "language_model.output.weight";
          case QWEN2 -> "language_model.lm_head.weight";
        };
    weight = parameter(name, config.vocabulary(), width);
  }

  /**
   * @param inputs x [B, N, D]; places [P] int64, counted through the batch row by row; ids [k]
   *     int64 of the tokens whose logits are wanted, all of them if absent
   * @return logits [P, k] or [P, V]
   */
  @Override
  NDArray compute(NDList inputs) {
    NDArray states = Tensors.rows(inputs.head().reshape(-1, width), inputs.get(1));
    NDArray rows = weight.getArray();
    return Tensors.linear(
        norm.compute(states), inputs.size() == 2 ? rows : Tensors.rows(rows, inputs.get(2)), null);
  }

  /** x [B, N, D] after the last norm. */
  NDArray normed(NDArray x) {
    return norm.apply(new NDList(x));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    long tokens = inputs.length == 2 ? vocabulary : inputs[2].get(0);
    return new Shape[] {new Shape(inputs[1].get(0), tokens)};
  }
}
