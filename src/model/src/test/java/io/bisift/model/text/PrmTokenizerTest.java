package io.bisift.model.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrmTokenizerTest {
  private static final String SPECIAL_WORDS =
      "<s></s><unk><prm> <|im_end|><|im_start|>user\n<img></img><IMG_CONTEXT><|endoftext|><0x0A><box>";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2_5"})
  void bothFormsEncodeAlikeAndTakeNoTextForATokenOfItsOwn(String name) throws IOException {
    Path fast = RealTokenizers.fast(name, folder.resolve("fast"));
    Path slow = RealTokenizers.slow(name, folder.resolve("slow"));
    try (PrmTokenizer one = PrmTokenizer.open(fast);
        PrmTokenizer other = PrmTokenizer.open(slow)) {
      for (String text :
          List.of(
              SPECIAL_WORDS,
              "  two  spaces\tand\n\n\nlines  ",
              "don't you're WE'LL 12345 x²+y² \\frac{1}{2} ∠B=70°",
              "如图，△ABC 是等腰三角形。😀👩‍👩‍👧 \u0301e\u0301 ﬁ \uFFFD \u2028",
              "word ".repeat(2000))) {
        assertArrayEquals(one.encode(text), other.encode(text), text);
      }
      Set<Integer> tokens = new HashSet<>();
      for (String token : SpecialTokens.ADDED) {
        tokens.add(one.id(token));
      }
      tokens.add(one.id(SpecialTokens.MESSAGE_START));
      tokens.add(one.id(SpecialTokens.MESSAGE_END));
      one.bos().ifPresent(tokens::add);
      tokens.add(one.pad());
      assertFalse(Arrays.stream(one.encode(SPECIAL_WORDS)).anyMatch(tokens::contains));
      assertEquals(SpecialTokens.ADDED, one.missing());
      assertTrue(one.encode("word ".repeat(2000)).length > 1999);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2_5"})
  void writesWhatItReads(String name) throws IOException {
    Path source = RealTokenizers.internVl(name, folder.resolve("source"));
    Path target = folder.resolve("target");
    int size;
    try (PrmTokenizer tokenizer = PrmTokenizer.open(source)) {
      assertEquals(List.of(SpecialTokens.PRM), tokenizer.missing());
      size = tokenizer.size();
      tokenizer.write(target);
    }
    try (PrmTokenizer tokenizer = PrmTokenizer.open(target)) {
      assertEquals(List.of(), tokenizer.missing());
      assertEquals(size, tokenizer.size());
      assertEquals(size - 1, tokenizer.id(SpecialTokens.PRM));
    }
    JsonNode added = json(target, "added_tokens.json");
    assertEquals(size - 1, added.path("<prm>").asInt());
    assertEquals(size - 10, added.path("<img>").asInt());
    JsonNode config = json(target, "tokenizer_config.json");
    assertEquals(
        "<prm>",
        config
            .path("added_tokens_decoder")
            .path(Integer.toString(size - 1))
            .path("content")
            .asText());
    assertTrue(config.path("additional_special_tokens").toString().contains("\"<prm>\""));
    assertTrue(json(target, "special_tokens_map.json").toString().contains("\"<prm>\""));
    assertEquals(
        Files.exists(source.resolve("tokenizer.model")),
        Files.exists(target.resolve("tokenizer.model")));

    Path fast = RealTokenizers.fast(name, folder.resolve("fast"));
    try (PrmTokenizer tokenizer = PrmTokenizer.open(fast)) {
      tokenizer.write(folder.resolve("fast2"));
      assertEquals(size, tokenizer.size());
    }
    assertTrue(
        json(folder.resolve("fast2"), "tokenizer.json")
            .path("added_tokens")
            .toString()
            .contains("\"id\":" + (size - 1) + ",\"content\":\"<prm>\""));
  }

  private static JsonNode json(Path folder, String name) throws IOException {
    return new JsonMapper().readTree(folder.resolve(name).toFile());
  }

  @Test
  void saysWhatIsWrongWithAFolder() throws IOException {
    assertProblem("has no tokenizer: there must be tokenizer.model, tokenizer.json or vocab.json");

    Files.writeString(folder.resolve("tokenizer.json"), "{");
    assertProblem("tokenizer.json is not JSON");

    Files.writeString(folder.resolve("tokenizer.json"), "[]");
    assertProblem("tokenizer.json holds no JSON object");

    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\"}}");
    assertProblem("is no byte-pair tokenizer");

    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}}");
    assertProblem("has no <|im_start|>: it is not that of InternLM2 or Qwen2");

    Files.write(folder.resolve("tokenizer.model"), new byte[] {10, 127, 1});
    assertProblem("tokenizer.model is no SentencePiece model, or cut short");

    Files.write(folder.resolve("tokenizer.model"), new byte[] {10, 3, 10, 1, 'a'});
    assertProblem("is not of the kind that InternLM2 has");
  }

  private void assertProblem(String message) {
    UserException e = assertThrows(UserException.class, () -> PrmTokenizer.open(folder));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
