package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.kernel.LayerScript;
import org.jspecify.annotations.Nullable;

/**
 * Token ids to vectors, image tokens in their places: the i-th {@code <IMG_CONTEXT>} of the batch,
 * row by row, takes the i-th vector of the tiles, so that no gradient reaches the id's own row.
 * {@code model.tok_embeddings} (InternLM2) or {@code model.embed_tokens} (Qwen2) is [V, D].
 */
final class TokenEmbedding extends NetBlock {
  private final long width;
  private final Parameter weight;
  private final @Nullable LayerScript script;

  TokenEmbedding(LanguageConfig config, @Nullable LayerScript script) {
    this.script = script;
    width = config.width();
    String name =
        switch (config.architecture()) {
          case INTERNLM2 -> "language_model.model.tok_embeddings.weight";
          case QWEN2 -> "language_model.model.embed_tokens.weight";
        };
    weight = parameter(name, config.vocabulary(), width);
  }

  /**
   * @param inputs ids [B, N] int64; or image vectors [T, t, D], ids, and the place [B, N] int64 of
   *     each position in the ids' vectors followed by the image vectors
   * @return [B, N, D]
   */
  @Override
  NDArray compute(NDList inputs) {
    if (inputs.size() == 1) {
      return Tensors.rows(weight.getArray(), inputs.head(), script);
    }
    NDArray text = Tensors.rows(weight.getArray(), inputs.get(1), script).reshape(-1, width);
    NDArray all = text.concat(inputs.head().reshape(-1, width), 0);
    return Tensors.rows(all, inputs.get(2));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape ids = inputs[inputs.length == 1 ? 0 : 1];
    return new Shape[] {ids.add(width)};
  }
}
