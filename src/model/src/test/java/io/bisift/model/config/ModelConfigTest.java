package io.bisift.model.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import io.bisift.model.Golden;
import io.bisift.model.config.ModelConfig.ShuffleOrder;
import io.bisift.model.config.VisionConfig.Norm;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
  private static final ModelConfig INTERNLM2 =
      ModelConfig.read(Golden.path("internlm2/checkpoint"));
  private static final ModelConfig QWEN2 = ModelConfig.read(Golden.path("qwen2/checkpoint"));

  @Test
  void readsBothFlavours() {
    assertEquals(
        new VisionConfig(48, 3, 2, 96, 56, 14, Norm.LAYER_NORM, 1e-6, false, true),
        INTERNLM2.vision());
    assertEquals(
        new LanguageConfig(
            Architecture.INTERNLM2,
            48,
            4,
            2,
            3,
            88,
            320,
            32768,
            1e-5,
            1e6,
            Optional.of(new RopeScaling(RopeScaling.Kind.DYNAMIC, 2)),
            false),
        INTERNLM2.language());
    assertEquals(
        new VisionConfig(40, 5, 3, 80, 56, 14, Norm.RMS_NORM, 1e-6, true, false), QWEN2.vision());
    assertEquals(Architecture.QWEN2, QWEN2.language().architecture());
    assertEquals(Optional.empty(), QWEN2.language().ropeScaling());
    assertEquals(4, QWEN2.tokensPerTile());
    assertEquals(Optional.of("internvl2_5"), QWEN2.template());
    assertEquals(ShuffleOrder.V2, QWEN2.shuffleOrder());
  }

  @Test
  void absentFieldsHaveTheReferencesDefaults() {
    ModelConfig config =
        ModelConfig.parse(
            """
            {"vision_config": {"hidden_size": 32, "num_attention_heads": 2, "num_hidden_layers": 3,
              "intermediate_size": 64},
             "llm_config": {"architectures": ["InternLM2ForCausalLM"], "hidden_size": 32,
              "num_attention_heads": 4, "num_hidden_layers": 1, "intermediate_size": 64,
              "vocab_size": 99}}
            """,
            "c");
    assertEquals(ShuffleOrder.V1, config.shuffleOrder());
    assertEquals(-1, config.selectLayer());
    assertEquals(3, config.visionLayersUsed());
    assertEquals(224, config.imageSize());
    assertEquals(64, config.tokensPerTile());
    assertEquals(Norm.RMS_NORM, config.vision().norm());
    assertEquals(4, config.language().keyValueHeads());
    assertEquals(2048, config.language().maxPositions());
    assertEquals(true, config.language().attentionBias());
  }

  @Test
  void aLargerVocabularyChangesNothingElse() {
    assertEquals(
        INTERNLM2.text().replace("\"vocab_size\": 320", "\"vocab_size\": 92554"),
        INTERNLM2.withVocabulary(92554).text());
    assertEquals(92554, INTERNLM2.withVocabulary(92554).language().vocabulary());
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "-3, 0", "0, 0", "1, 1", "2, 2"})
  void selectsHiddenStatesAsPythonIndexesLists(int selectLayer, int blocks) {
    String text =
        INTERNLM2.text().replace("\"select_layer\": -1", "\"select_layer\": " + selectLayer);
    assertEquals(blocks, ModelConfig.parse(text, "c").visionLayersUsed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InternLM2ForCausalLM|MambaForCausalLM|c.llm_config.architectures[0]: unknown architecture"
            + " MambaForCausalLM; known are InternLM2ForCausalLM, Qwen2ForCausalLM",
        "\"vocab_size\": 320|\"vocab_size\": \"many\"|c.llm_config.vocab_size is \"many\"; it must be"
            + " a whole number",
        "\"num_key_value_heads\": 2|\"num_key_value_heads\": 3|c.llm_config: 3 key-value heads must"
            + " divide 4 heads, which must divide hidden_size 48",
        "\"dynamic\"|\"yarn\"|c.llm_config.rope_scaling: type yarn is not supported; default, linear"
            + " and dynamic are",
        "\"silu\"|\"relu\"|c.llm_config.hidden_act is relu; only silu is supported",
        "\"v2\"|\"v3\"|c.ps_version v3 is not supported; v1 and v2 are",
        "\"force_image_size\": 56|\"force_image_size\": 70|c: tiles of 70 pixels have 5 patches a"
            + " side, which pixel shuffle by 2 cannot divide",
        "\"select_layer\": -1|\"select_layer\": 3|c.select_layer is 3, but the tower has 3 hidden"
            + " states",
        "\"vision_config\"|\"vision\"|c.vision_config is missing; it must be an object"
      })
  void whatCannotBeUsedIsOneLine(String there, String instead, String message) {
    UserException e =
        assertThrows(
            UserException.class,
            () -> ModelConfig.parse(INTERNLM2.text().replace(there, instead), "c"));
    assertEquals(message, e.getMessage());
  }

  @Test
  void aFolderWithoutConfigIsOneLine(@TempDir Path folder) {
    UserException e = assertThrows(UserException.class, () -> ModelConfig.read(folder));
    assertEquals(
        folder.resolve("config.json")
            + " cannot be read (NoSuchFileException): a checkpoint is a Hugging Face folder with"
            + " config.json, weights and tokenizer",
        e.getMessage());
  }
}
