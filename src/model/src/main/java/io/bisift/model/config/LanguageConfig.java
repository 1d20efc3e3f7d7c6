package io.bisift.model.config;

import io.bisift.core.UserException;
import java.util.Optional;

/**
 * The language model. What is absent has the defaults of the architecture's configuration class.
 *
 * @param architecture InternLM2 or Qwen2
 * @param width D, channels of a token
 * @param heads H, query heads; divide the width
 * @param keyValueHeads K; divide the heads
 * @param layers decoder layers
 * @param mlpWidth F, channels inside a layer's feed-forward part
 * @param vocabulary V, rows of embedding and output projection
 * @param maxPositions M, the length beyond which dynamic scaling begins
 * @param normEps added to the mean square in every RMSNorm
 * @param ropeTheta base of the rotary angles
 * @param ropeScaling none if positions are used as they are
 * @param attentionBias whether InternLM2's projections have biases; Qwen2 has them on q, k, v
 *     always
 */
public record LanguageConfig(
    Architecture architecture,
    int width,
    int heads,
    int keyValueHeads,
    int layers,
    int mlpWidth,
    int vocabulary,
    int maxPositions,
    double normEps,
    double ropeTheta,
    Optional<RopeScaling> ropeScaling,
    boolean attentionBias) {

  /** d, channels of one head. */
  public int headWidth() {
    return width / heads;
  }

  static LanguageConfig read(ConfigObject config) {
    Architecture architecture =
        Architecture.of(
            config.node().path("architectures").path(0).asText(""),
            config.where() + ".architectures[0]");
    boolean internLm = architecture == Architecture.INTERNLM2;
    config.mustBe("hidden_act", "silu");
    if (config.flag("use_sliding_window", false)) {
      throw UserException.failure(config.where() + ".use_sliding_window is not supported");
    }
    int heads = config.size("num_attention_heads");
    LanguageConfig language =
        new LanguageConfig(
            architecture,
            config.size("hidden_size"),
            heads,
            config.size("num_key_value_heads", internLm ? heads : 32),
            config.size("num_hidden_layers"),
            config.size("intermediate_size"),
            config.size("vocab_size"),
            config.size("max_position_embeddings", internLm ? 2048 : 32768),
            config.number("rms_norm_eps", 1e-6),
            config.number("rope_theta", 10000),
            RopeScaling.read(config),
            config.flag("bias", internLm));
    if (language.width % heads != 0 || heads % language.keyValueHeads != 0) {
      throw UserException.failure(
          "%s: %d key-value heads must divide %d heads, which must divide hidden_size %d"
              .formatted(config.where(), language.keyValueHeads, heads, language.width));
    }
    if (language.headWidth() % 2 != 0) {
      throw UserException.failure(
          "%s: rotary positions need an even head size, %d / %d is %d"
              .formatted(config.where(), language.width, heads, language.headWidth()));
    }
    return language;
  }
}
