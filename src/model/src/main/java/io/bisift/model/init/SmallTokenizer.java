package io.bisift.model.init;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.model.text.SpecialTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A tokenizer of Qwen2's kind with a small vocabulary: the 256 bytes, and the merges that the
 * sample of this repository is worth. It takes any text; English of the sample's sort in short.
 */
final class SmallTokenizer {
  private static final String MERGES = "merges.txt";
  private static final String END = "<|endoftext|>";

  private SmallTokenizer() {}

  /** Writes {@code vocab.json}, {@code merges.txt} and the files beside them. */
  static void write(Path folder) throws IOException {
    byte[] merges;
    try (InputStream in = SmallTokenizer.class.getResourceAsStream(MERGES)) {
      merges = Objects.requireNonNull(in, MERGES).readAllBytes();
    }
    ObjectNode vocabulary = JsonNodeFactory.instance.objectNode();
    for (int value = 0; value < 256; value++) {
      vocabulary.put(Character.toString(letter(value)), value);
    }
    for (String merge : new String(merges, StandardCharsets.UTF_8).lines().skip(1).toList()) {
      vocabulary.put(merge.replace(" ", ""), vocabulary.size());
    }
    ObjectNode added = JsonNodeFactory.instance.objectNode();
    int next = vocabulary.size();
    for (String token : List.of(END, SpecialTokens.MESSAGE_START, SpecialTokens.MESSAGE_END)) {
      added.put(token, next++);
    }
    for (String token : SpecialTokens.ADDED) {
      added.put(token, next++);
    }
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("tokenizer_class", "Qwen2Tokenizer").put("add_bos_token", false);
    config.put("eos_token", SpecialTokens.MESSAGE_END).put("pad_token", END);
    config.put("model_max_length", NewCheckpoint.MAX_TOKENS);
    ObjectNode decoder = config.putObject("added_tokens_decoder");
    added
        .properties()
        .forEach(
            entry ->
                decoder
                    .putObject(entry.getValue().asText())
                    .put("content", entry.getKey())
                    .put("lstrip", false)
                    .put("normalized", false)
                    .put("rstrip", false)
                    .put("single_word", false)
                    .put("special", true));
    ObjectNode special = JsonNodeFactory.instance.objectNode();
    special.put("eos_token", SpecialTokens.MESSAGE_END).put("pad_token", END);
    added.fieldNames().forEachRemaining(special.withArray("additional_special_tokens")::add);
    Files.write(folder.resolve(MERGES), merges);
    write(folder.resolve("vocab.json"), vocabulary);
    write(folder.resolve("added_tokens.json"), added);
    write(folder.resolve("tokenizer_config.json"), config);
    write(folder.resolve("special_tokens_map.json"), special);
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(file, json.toPrettyString() + "\n");
  }

  /**
   * The letter that stands for a byte in byte-level vocabularies: itself where it can be seen, else
   * one of those from U+0100 on, in order.
   */
  private static int letter(int value) {
    int unseen = 0;
    for (int other = 0; other < value; other++) {
      unseen += isSeen(other) ? 0 : 1;
    }
    return isSeen(value) ? value : 256 + unseen;
  }

  private static boolean isSeen(int value) {
    return (value > ' ' && value < 0x7F) || (value > 0xA0 && value != 0xAD);
  }
}
