package io.bisift.model.init;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.model.safetensors.TensorType;
import java.util.Locale;

/** Shapes of models. */
public enum Preset {
  /** Trains on a laptop in a minute: tiles of 112 pixels, 16 tokens each. */
  TINY(TensorType.F32, 0) {
    @Override
    void vision(ObjectNode json) {
      json.put("hidden_size", 64).put("num_attention_heads", 4).put("num_hidden_layers", 2);
      json.put("intermediate_size", 128).put("image_size", 112);
    }

    @Override
    void language(ObjectNode json) {
      qwen2(json);
      json.put("hidden_size", 64).put("num_attention_heads", 4).put("num_key_value_heads", 2);
      json.put("num_hidden_layers", 2).put("intermediate_size", 128);
    }
  },
  /** InternVL2.5-1B: InternViT-300M and Qwen2.5-0.5B. */
  SIZE_1B(TensorType.BF16, 151_675) {
    @Override
    void vision(ObjectNode json) {
      internVit300M(json);
    }

    @Override
    void language(ObjectNode json) {
      qwen2(json);
      json.put("hidden_size", 896).put("num_attention_heads", 14).put("num_key_value_heads", 2);
      json.put("num_hidden_layers", 24).put("intermediate_size", 4864);
    }
  },
  /** InternVL2.5-8B: InternViT-300M and InternLM2.5-7B. */
  SIZE_8B(TensorType.BF16, 92_554) {
    @Override
    void vision(ObjectNode json) {
      internVit300M(json);
    }

    @Override
    void language(ObjectNode json) {
      json.putArray("architectures").add("InternLM2ForCausalLM");
      json.put("model_type", "internlm2").put("rms_norm_eps", 1e-5).put("bias", false);
      json.put("hidden_size", 4096).put("num_attention_heads", 32).put("num_key_value_heads", 8);
      json.put("num_hidden_layers", 32).put("intermediate_size", 14_336);
      json.putObject("rope_scaling").put("type", "dynamic").put("factor", 2.0);
      json.put("pad_token_id", 2);
    }
  };

  private final TensorType type;
  private final int vocabulary;

  Preset(TensorType type, int vocabulary) {
    this.type = type;
    this.vocabulary = vocabulary;
  }

  abstract void vision(ObjectNode json);

  abstract void language(ObjectNode json);

  /** What its weights are stored as. */
  TensorType type() {
    return type;
  }

  /**
   * The text of its config.json.
   *
   * @param tokens ids that the tokenizer has; the vocabulary is no smaller than the model's own
   */
  String config(int tokens) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add("InternVLChatModel");
    json.put("model_type", "internvl_chat").put("template", "internvl2_5");
    json.put("downsample_ratio", 0.5).put("ps_version", "v2").put("select_layer", -1);
    json.put("dynamic_image_size", true).put("use_thumbnail", true);
    json.put("min_dynamic_patch", 1).put("max_dynamic_patch", 6);
    json.put("tie_word_embeddings", false).put("torch_dtype", dtype());
    ObjectNode vision = json.putObject("vision_config");
    vision.putArray("architectures").add("InternVisionModel");
    vision.put("model_type", "intern_vit_6b").put("patch_size", 14).put("num_channels", 3);
    vision.put("hidden_act", "gelu").put("norm_type", "layer_norm").put("layer_norm_eps", 1e-6);
    vision.put("qkv_bias", true).put("qk_normalization", false).put("drop_path_rate", 0.0);
    vision.put("initializer_factor", 1.0).put("torch_dtype", dtype());
    vision(vision);
    json.put("force_image_size", vision.path("image_size").intValue());
    ObjectNode language = json.putObject("llm_config");
    language.put("hidden_act", "silu").put("rope_theta", 1_000_000.0);
    language.put("max_position_embeddings", 32_768).put("tie_word_embeddings", false);
    language.put("vocab_size", Math.max(tokens, vocabulary)).put("torch_dtype", dtype());
    language(language);
    json.put("hidden_size", language.path("hidden_size").intValue());
    return json.toPrettyString() + "\n";
  }

  private String dtype() {
    return type == TensorType.BF16 ? "bfloat16" : "float32";
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().replace("SIZE_", "").toLowerCase(Locale.ROOT);
  }

  private static void internVit300M(ObjectNode json) {
    json.put("hidden_size", 1024).put("num_attention_heads", 16).put("num_hidden_layers", 24);
    json.put("intermediate_size", 4096).put("image_size", 448);
  }

  private static void qwen2(ObjectNode json) {
    json.putArray("architectures").add("Qwen2ForCausalLM");
    json.put("model_type", "qwen2").put("rms_norm_eps", 1e-6).put("use_sliding_window", false);
  }
}
