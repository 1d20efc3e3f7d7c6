package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.kernel.LayerScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer of Qwen2.
 *
 * <pre>
 *   input_layernorm, post_attention_layernorm  [D]
 *   self_attn.q_proj                           [H·d, D] with bias, head after head
 *   self_attn.k_proj, v_proj                   [K·d, D] with bias
 *   self_attn.o_proj                           [D, H·d]
 *   mlp.gate_proj, up_proj [F, D], down_proj   [D, F]
 * </pre>
 */
final class Qwen2Layer extends DecoderLayer {
  private final Norm attentionNorm;
  private final Norm mlpNorm;
  private final Projection query;
  private final Projection key;
  private final Projection value;
  private final Projection attentionOutput;
  private final Projection gate;
  private final Projection up;
  private final Projection down;

  Qwen2Layer(LanguageConfig config, int index, @Nullable LayerScript script) {
    super(config, script);
    String name = "language_model.model.layers." + index + ".";
    long width = config.width();
    long keys = (long) config.keyValueHeads() * config.headWidth();
    double eps = config.normEps();
    attentionNorm = part("input_layernorm", Norm.rms(name + "input_layernorm", width, eps));
    query = part("q_proj", new Projection(name + "self_attn.q_proj", width, width, true));
    key = part("k_proj", new Projection(name + "self_attn.k_proj", keys, width, true));
    value = part("v_proj", new Projection(name + "self_attn.v_proj", keys, width, true));
    attentionOutput =
        part("o_proj", new Projection(name + "self_attn.o_proj", width, width, false));
    mlpNorm =
        part("post_attention_layernorm", Norm.rms(name + "post_attention_layernorm", width, eps));
    gate =
        part("gate_proj", new Projection(name + "mlp.gate_proj", config.mlpWidth(), width, false));
    up = part("up_proj", new Projection(name + "mlp.up_proj", config.mlpWidth(), width, false));
    down =
        part("down_proj", new Projection(name + "mlp.down_proj", width, config.mlpWidth(), false));
  }

  @Override
  NDList queryKeyValue(NDArray x) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    long headWidth = config.headWidth();
    return new NDList(
        query
            .compute(x)
            .reshape(batch, length, groups, queriesPerGroup, headWidth)
            .transpose(0, 2, 3, 1, 4),
        key.compute(x).reshape(batch, length, groups, headWidth).transpose(0, 2, 1, 3),
        value.compute(x).reshape(batch, length, groups, headWidth).transpose(0, 2, 1, 3));
  }

  @Override
  List<Projection> queryKeyValueMaps() {
    return List.of(query, key, value);
  }

  @Override
  Norm attentionNorm() {
    return attentionNorm;
  }

  @Override
  Norm mlpNorm() {
    return mlpNorm;
  }

  @Override
  Projection attentionOutput() {
    return attentionOutput;
  }

  @Override
  Projection gate() {
    return gate;
  }

  @Override
  Projection up() {
    return up;
  }

  @Override
  Projection down() {
    return down;
  }
}
