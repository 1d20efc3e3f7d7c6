package io.bisift.model.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.model.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token ids of the reference's prompts, from every form in which the tokenizers come. */
class GoldenPromptsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "internlm2, fast", "internlm2, slow", "internlm2, internvl",
    "qwen2_5, fast", "qwen2_5, slow", "qwen2_5, internvl",
  })
  void encodesAsTheReference(String name, String form) throws Exception {
    switch (form) {
      case "fast" -> RealTokenizers.fast(name, folder);
      case "slow" -> RealTokenizers.slow(name, folder);
      default -> RealTokenizers.internVl(name, folder);
    }
    JsonNode golden = new JsonMapper().readTree(Golden.path("prompts/" + name + ".json").toFile());
    try (PrmTokenizer tokenizer = PrmTokenizer.open(folder)) {
      checkIds(tokenizer, golden.path("meta"));
      PromptEncoder training = new PromptEncoder(tokenizer, PromptText.TRAINING);
      PromptEncoder scoring = new PromptEncoder(tokenizer, PromptText.SCORING);
      for (JsonNode example : golden.path("examples")) {
        check(example.path("training"), encode(training, example, PromptText.TRAINING));
        check(example.path("scoring"), encode(scoring, example, PromptText.SCORING));
        RecordText text =
            RecordText.split(example.path("human_value").asText(), example.path("labels").size());
        check(example.path("training"), training.encode(text, tokens(example)));
      }
      JsonNode cut = golden.path("truncation");
      EncodedPrompt whole = encode(training, golden.path("examples").path(0), PromptText.TRAINING);
      check(cut, whole.first(cut.path("model_max_length").asInt()));

      JsonNode padding = golden.path("batch_scoring_left_padding");
      for (int i = 0; i < 2; i++) {
        EncodedPrompt prompt = encode(scoring, golden.path("examples").path(i), PromptText.SCORING);
        assertEquals(
            padding.path("left_pad_counts").path(i).asInt(),
            padding.path("length").asInt() - prompt.ids().length);
      }
      assertEquals(padding.path("pad_id").asInt(), tokenizer.pad());
    }
  }

  private static void checkIds(PrmTokenizer tokenizer, JsonNode meta) {
    for (String group : List.of("added_tokens", "reward_token_ids", "chat_tokens")) {
      meta.path(group)
          .properties()
          .forEach(e -> assertEquals(e.getValue().asInt(), tokenizer.id(e.getKey())));
    }
    assertEquals(meta.path("size_with_added").asInt(), tokenizer.size());
    assertEquals(meta.path("adds_bos").asBoolean(), tokenizer.bos().isPresent());
    if (meta.path("adds_bos").asBoolean()) {
      assertEquals(meta.path("bos_token_id").asInt(), tokenizer.bos().getAsInt());
    }
  }

  private static int tokens(JsonNode example) {
    return example.path("tiles").asInt() * example.path("tokens_per_tile").asInt();
  }

  private static EncodedPrompt encode(PromptEncoder encoder, JsonNode example, PromptText form) {
    List<String> steps = new ArrayList<>();
    example.path("steps").forEach(step -> steps.add(step.asText()));
    return encoder.encode(
        RecordText.of(example.path("question").asText(), steps, form), tokens(example));
  }

  private static void check(JsonNode golden, EncodedPrompt prompt) {
    assertArrayEquals(ints(golden.path("input_ids")), prompt.ids());
    assertArrayEquals(ints(golden.path("prm_positions")), prompt.prmPositions());
  }

  private static int[] ints(JsonNode list) {
    int[] ints = new int[list.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = list.path(i).asInt();
    }
    return ints;
  }
}
