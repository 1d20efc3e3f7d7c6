package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.kernel.LayerScript;
import org.jspecify.annotations.Nullable;

/**
 * The last norm and the output projection, where they are wanted: at the steps' ends, for some
 * tokens. {@code model.norm} [D]; {@code output} (InternLM2) or {@code lm_head} (Qwen2) [V, D].
 */
final class RewardHead extends NetBlock {
  private final long width;
  private final long vocabulary;
  private final Norm norm;
  private final Parameter weight;
  private final @Nullable LayerScript script;

  RewardHead(LanguageConfig config, @Nullable LayerScript script) {
    this.script = script;
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
    NDArray table = weight.getArray();
    NDArray rows;
    if (inputs.size() > 2) {
      rows = Tensors.rows(table, inputs.get(2), script);
    } else if (script != null && LayerScript.isTwoBytes(table)) {
      rows = script.widened(table, inputs.head());
    } else {
      rows = table;
    }
    return Tensors.linear(states(inputs.head(), inputs.get(1)), rows, null);
  }

  /** The states at some places, counted as above, after the last norm: [P, D]. */
  NDArray states(NDArray x, NDArray places) {
    return norm.compute(Tensors.rows(x.reshape(-1, width), places));
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
