package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.kernel.LayerScript;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of the language model: [B, N, D] → [B, N, D], pre-norm:
 *
 * <pre>
 *   x = x + out(softmax(rope(q) rope(k)ᵀ / √d + mask) v)
 *   x = x + down(silu(gate(y)) · up(y)),   y = norm(x)
 * </pre>
 *
 * Key-value head k serves the query heads k·G … k·G + G - 1. InternLM2 and Qwen2 differ in the
 * names of the tensors and in how q, k and v are laid out: their classes say it.
 *
 * <p>Inputs of all: x [B, N, D]; cos and sin [B or 1, 1, 1, N, d] (see {@link Rotary}); what is
 * added to the scores [B or 1, 1, 1, N, N] (see {@link AttentionMask}).
 */
abstract class DecoderLayer extends NetBlock {
  final LanguageConfig config;
  final int groups;
  final int queriesPerGroup;

  private final @Nullable LayerScript script;

  /**
   * @param script computes in place of DJL's operations, if there is one
   */
  DecoderLayer(LanguageConfig config, @Nullable LayerScript script) {
    this.config = config;
    this.script = script;
    groups = config.keyValueHeads();
    queriesPerGroup = config.heads() / groups;
  }

  abstract Norm attentionNorm();

  abstract Norm mlpNorm();

  abstract Projection attentionOutput();

  abstract Projection gate();

  abstract Projection up();

  abstract Projection down();

  /**
   * @param x normed, [B, N, D]
   * @return q [B, K, G, N, d], k and v [B, K, N, d]
   */
  abstract NDList queryKeyValue(NDArray x);

  /** The maps that {@link #queryKeyValue} goes through: one for all three, or three. */
  abstract List<Projection> queryKeyValueMaps();

  @Override
  NDArray compute(NDList inputs) {
    NDArray x = inputs.head();
    if (script != null) {
      return script.decoder(x, inputs.subNDList(1), weights(script.nothing()));
    }
    NDArray attended = x.add(attention(attentionNorm().compute(x), inputs));
    NDArray y = mlpNorm().compute(attended);
    NDArray gated = gate().compute(y);
    NDArray silu = gated.mul(Activation.sigmoid(gated));
    return attended.add(down().compute(silu.mul(up().compute(y))));
  }

  /** As the script lists them. */
  private NDList weights(NDArray nothing) {
    NDList weights = new NDList().addAll(attentionNorm().weights(nothing));
    List<Projection> maps = queryKeyValueMaps();
    maps.forEach(map -> weights.addAll(map.weights(nothing)));
    if (maps.size() == 1) {
      weights.addAll(Collections.nCopies(10, nothing));
    }
    weights.addAll(attentionOutput().weights(nothing));
    weights.addAll(mlpNorm().weights(nothing));
    for (Projection map : List.of(gate(), up(), down())) {
      weights.addAll(map.weights(nothing));
    }
    return weights;
  }

  private NDArray attention(NDArray x, NDList inputs) {
    NDArray cos = inputs.get(1);
    NDArray sin = inputs.get(2);
    NDList heads = queryKeyValue(x);
    NDArray query = rotate(heads.get(0), cos, sin).mul(Tensors.scale(x, config.headWidth()));
    NDArray key = rotate(heads.get(1), cos.squeeze(1), sin.squeeze(1));
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    // the queries of a group share its keys: one product for all of them
    NDArray stacked = query.reshape(batch, groups, queriesPerGroup * length, config.headWidth());
    NDArray scores =
        stacked
            .matMul(key.swapAxes(2, 3))
            .reshape(batch, groups, queriesPerGroup, length, length)
            .addi(inputs.get(3));
    NDArray mixed =
        scores
            .softmax(4)
            .reshape(batch, groups, queriesPerGroup * length, length)
            .matMul(heads.get(2))
            .reshape(batch, groups, queriesPerGroup, length, config.headWidth())
            .transpose(0, 3, 1, 2, 4)
            .reshape(batch, length, config.width());
    return attentionOutput().compute(mixed);
  }

  /** x · cos + [-x₂, x₁] · sin, where x₁ and x₂ are the halves of the last axis. */
  private static NDArray rotate(NDArray x, NDArray cos, NDArray sin) {
    int last = x.getShape().dimension() - 1;
    NDList halves = x.split(2, last);
    NDArray turned = halves.get(1).neg().concat(halves.get(0), last);
    return x.mul(cos).add(turned.mul(sin));
  }
}
