package io.bisift.model.config;

import io.bisift.core.UserException;

/**
 * The vision tower, InternViT. What is absent has the defaults of the reference's configuration
 * class; {@code drop_path_rate} is read by nobody: branches are never dropped here.
 *
 * @param width C, channels of a patch
 * @param heads attention heads; divide the width
 * @param layers blocks
 * @param mlpWidth channels inside a block's MLP
 * @param imageSize pixels of the square that the position embedding was made for
 * @param patchSize pixels of a square patch
 * @param norm of both norms of a block
 * @param normEps added to the variance, in every norm of the tower
 * @param queryKeyNorm whether q and k go through an RMSNorm over all heads together
 * @param qkvBias whether the projection to q, k, v has a bias
 */
public record VisionConfig(
    int width,
    int heads,
    int layers,
    int mlpWidth,
    int imageSize,
    int patchSize,
    Norm norm,
    double normEps,
    boolean queryKeyNorm,
    boolean qkvBias) {

  /** Kind of a norm. */
  public enum Norm {
    LAYER_NORM,
    RMS_NORM
  }

  /** Patches along a side of the picture that the position embedding was made for. */
  public int grid() {
    return imageSize / patchSize;
  }

  static VisionConfig read(ConfigObject config) {
    config.mustBe("hidden_act", "gelu");
    VisionConfig vision =
        new VisionConfig(
            config.size("hidden_size"),
            config.size("num_attention_heads"),
            config.size("num_hidden_layers"),
            config.size("intermediate_size"),
            config.size("image_size", 224),
            config.size("patch_size", 14),
            norm(config),
            config.number("layer_norm_eps", 1e-6),
            config.flag("qk_normalization", true),
            config.flag("qkv_bias", false));
    if (vision.width % vision.heads != 0) {
      throw UserException.failure(
          "%s: %d heads do not divide hidden_size %d"
              .formatted(config.where(), vision.heads, vision.width));
    }
    if (config.integer("num_channels", 3) != 3) {
      throw UserException.failure(config.where() + ".num_channels must be 3: pictures are RGB");
    }
    return vision;
  }

  private static Norm norm(ConfigObject config) {
    String name = config.text("norm_type", "rms_norm");
    return switch (name) {
      case "layer_norm" -> Norm.LAYER_NORM;
      case "rms_norm" -> Norm.RMS_NORM;
      default ->
          throw UserException.failure(
              "%s.norm_type %s is not supported; layer_norm and rms_norm are"
                  .formatted(config.where(), name));
    };
  }
}
