package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import io.bisift.model.config.VisionConfig;
import io.bisift.model.kernel.LayerScript;
import org.jspecify.annotations.Nullable;

/**
 * One block of InternViT: [T, n, C] → [T, n, C], pre-norm, each branch scaled by a vector:
 *
 * <pre>
 *   x = x + ls1 · attention(norm1(x))
 *   x = x + ls2 · fc2(gelu(fc1(norm2(x))))            gelu with erf
 * </pre>
 *
 * Every patch sees every other. The output of {@code attn.qkv} is q | k | v, each heads × head
 * width; where q and k have norms, these go over all heads together. No branch is ever dropped.
 */
final class VisionBlock extends NetBlock {
  private final VisionConfig config;
  private final @Nullable LayerScript script;
  private final Norm norm1;
  private final Norm norm2;
  private final Projection qkv;
  private final @Nullable Norm queryNorm;
  private final @Nullable Norm keyNorm;
  private final Projection output;
  private final Projection up;
  private final Projection down;
  private final Parameter scale1;
  private final Parameter scale2;

  /**
   * @param script computes in place of DJL's operations, if there is one
   */
  VisionBlock(VisionConfig config, int index, @Nullable LayerScript script) {
    this.config = config;
    this.script = script;
    String name = "vision_model.encoder.layers." + index + ".";
    long width = config.width();
    norm1 = part("norm1", norm(name + "norm1", config));
    qkv = part("qkv", new Projection(name + "attn.qkv", 3 * width, width, config.qkvBias()));
    queryNorm = config.queryKeyNorm() ? part("q_norm", inner(name + "attn.q_norm")) : null;
    keyNorm = config.queryKeyNorm() ? part("k_norm", inner(name + "attn.k_norm")) : null;
    output = part("proj", new Projection(name + "attn.proj", width, width, true));
    norm2 = part("norm2", norm(name + "norm2", config));
    up = part("fc1", new Projection(name + "mlp.fc1", config.mlpWidth(), width, true));
    down = part("fc2", new Projection(name + "mlp.fc2", width, config.mlpWidth(), true));
    scale1 = parameter(name + "ls1", width);
    scale2 = parameter(name + "ls2", width);
  }

  private static Norm norm(String name, VisionConfig config) {
    return switch (config.norm()) {
      case LAYER_NORM -> Norm.layer(name, config.width(), config.normEps());
      case RMS_NORM -> Norm.rms(name, config.width(), config.normEps());
    };
  }

  private Norm inner(String name) {
    return Norm.rms(name, config.width(), config.normEps());
  }

  /**
   * @param inputs x [T, n, C]
   */
  @Override
  NDArray compute(NDList inputs) {
    NDArray x = inputs.head();
    if (script != null) {
      return script.vision(x, weights(script.nothing()));
    }
    NDArray attended = x.add(attention(norm1.compute(x)).mul(scale1.getArray()));
    NDArray mlp = down.compute(Activation.gelu(up.compute(norm2.compute(attended))));
    return attended.add(mlp.mul(scale2.getArray()));
  }

  /** As the script lists them. */
  private NDList weights(NDArray nothing) {
    NDList none = new NDList(nothing, nothing);
    return new NDList()
        .addAll(norm1.weights(nothing))
        .addAll(qkv.weights(nothing))
        .addAll(queryNorm == null ? none : queryNorm.weights(nothing))
        .addAll(keyNorm == null ? none : keyNorm.weights(nothing))
        .addAll(output.weights(nothing))
        .addAll(norm2.weights(nothing))
        .addAll(up.weights(nothing))
        .addAll(down.weights(nothing))
        .addAll(new NDList(scale1.getArray(), scale2.getArray()));
  }

  private NDArray attention(NDArray x) {
    NDList parts = qkv.compute(x).split(3, 2);
    NDArray query = queryNorm == null ? parts.get(0) : queryNorm.compute(parts.get(0));
    NDArray key = keyNorm == null ? parts.get(1) : keyNorm.compute(parts.get(1));
    NDArray scaled = query.mul(Tensors.scale(x, (double) config.width() / config.heads()));
    NDArray mixed = Tensors.attention(heads(scaled), heads(key), heads(parts.get(2)));
    return output.compute(mixed.transpose(0, 2, 1, 3).reshape(x.getShape()));
  }

  /** [T, n, C] → [T, heads, n, head width]. */
  private NDArray heads(NDArray x) {
    long headWidth = config.width() / config.heads();
    return x.reshape(x.getShape().get(0), x.getShape().get(1), config.heads(), headWidth)
        .transpose(0, 2, 1, 3);
  }
}
