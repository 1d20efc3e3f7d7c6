package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.kernel.LayerScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer of InternLM2. One projection, {@code attention.wqkv} [(H + 2K)·d, D], gives all heads: in
 * each of the K groups G query heads, then one key head, then one value head.
 *
 * <pre>
 *   attention_norm, ffn_norm      [D]
 *   attention.wo                  [D, H·d]
 *   feed_forward.w1 (gate), w3 (up) [F, D], w2 (down) [D, F]
 * </pre>
 */
final class InternLm2Layer extends DecoderLayer {
  private final Norm attentionNorm;
  private final Norm mlpNorm;
  private final Projection qkv;
  private final Projection attentionOutput;
  private final Projection gate;
  private final Projection up;
  private final Projection down;

  InternLm2Layer(LanguageConfig config, int index, @Nullable LayerScript script) {
    super(config, script);
    String name = "language_model.model.layers." + index + ".";
    long width = config.width();
    long heads = config.heads() + 2L * config.keyValueHeads();
    boolean bias = config.attentionBias();
    attentionNorm =
        part("attention_norm", Norm.rms(name + "attention_norm", width, config.normEps()));
    qkv =
        part(
            "wqkv",
            new Projection(name + "attention.wqkv", heads * config.headWidth(), width, bias));
    attentionOutput = part("wo", new Projection(name + "attention.wo", width, width, bias));
    mlpNorm = part("ffn_norm", Norm.rms(name + "ffn_norm", width, config.normEps()));
    gate = part("w1", new Projection(name + "feed_forward.w1", config.mlpWidth(), width, false));
    up = part("w3", new Projection(name + "feed_forward.w3", config.mlpWidth(), width, false));
    down = part("w2", new Projection(name + "feed_forward.w2", width, config.mlpWidth(), false));
  }

  @Override
  NDList queryKeyValue(NDArray x) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    NDList heads =
        qkv.compute(x)
            .reshape(batch, length, groups, queriesPerGroup + 2, config.headWidth())
            .split(new long[] {queriesPerGroup, queriesPerGroup + 1}, 3);
    return new NDList(
        heads.get(0).transpose(0, 2, 3, 1, 4),
        heads.get(1).squeeze(3).transpose(0, 2, 1, 3),
        heads.get(2).squeeze(3).transpose(0, 2, 1, 3));
  }

  @Override
  List<Projection> queryKeyValueMaps() {
    return List.of(qkv);
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
