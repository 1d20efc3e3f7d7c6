package io.bisift.model.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tokenizer files of a Hugging Face folder. The reference loads slow tokenizers, so where
 * {@code tokenizer.model} or {@code vocab.json} and {@code merges.txt} are there, they count, and
 * else {@code tokenizer.json}.
 *
 * @param model in the form of tokenizer.json
 * @param added tokens beside the vocabulary of the model, by id
 * @param config tokenizer_config.json
 */
record TokenizerFiles(ObjectNode model, SortedMap<Integer, String> added, ObjectNode config) {
  static final String SENTENCE_PIECE = "tokenizer.model";
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";
  static final String FAST = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";
  static final String ADDED = "added_tokens.json";
  static final String SPECIAL = "special_tokens_map.json";

  static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads them.
   *
   * @throws UserException if there are none, or they cannot be used
   */
  static TokenizerFiles read(Path folder) {
    try {
      ObjectNode config = object(folder.resolve(CONFIG));
      ObjectNode fast = object(folder.resolve(FAST));
      ObjectNode model = model(folder, fast);
      if (!model.path("model").path("type").asText("BPE").equals("BPE")
          || !model.path("model").path("vocab").isObject()
          || !model.path("model").path("merges").isArray()) {
        throw UserException.failure(
            folder.resolve(FAST)
                + " is no byte-pair tokenizer; those of InternLM2 and Qwen2 are supported");
      }
      return new TokenizerFiles(model, added(folder, config, fast), config);
    } catch (IOException e) {
      throw UserException.failure(
          "the tokenizer in " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ObjectNode model(Path folder, ObjectNode fast) throws IOException {
    if (Files.exists(folder.resolve(SENTENCE_PIECE))) {
      return TokenizerJson.sentencePiece(SentencePieceModel.read(folder.resolve(SENTENCE_PIECE)));
    }
    if (Files.exists(folder.resolve(VOCABULARY)) && Files.exists(folder.resolve(MERGES))) {
      List<String> merges =
          Files.readAllLines(folder.resolve(MERGES)).stream()
              .filter(line -> !line.startsWith("#version") && !line.isBlank())
              .toList();
      return TokenizerJson.byteLevel(object(folder.resolve(VOCABULARY)), merges);
    }
    if (fast.isEmpty()) {
      throw UserException.failure(
          folder
              + " has no tokenizer: there must be "
              + String.join(", ", SENTENCE_PIECE, FAST)
              + " or "
              + VOCABULARY
              + " with "
              + MERGES);
    }
    return fast;
  }

  /** Later files add to earlier ones; where they contradict, there is nothing to guess. */
  private static SortedMap<Integer, String> added(Path folder, ObjectNode config, ObjectNode fast)
      throws IOException {
    TreeMap<Integer, String> added = new TreeMap<>();
    for (JsonNode token : fast.path("added_tokens")) {
      put(added, token.path("id").asInt(), token.path("content").asText(), folder);
    }
    for (Map.Entry<String, JsonNode> token : config.path("added_tokens_decoder").properties()) {
      put(added, number(token.getKey(), folder), token.getValue().path("content").asText(), folder);
    }
    for (Map.Entry<String, JsonNode> token : object(folder.resolve(ADDED)).properties()) {
      put(added, token.getValue().asInt(), token.getKey(), folder);
    }
    return added;
  }

  private static void put(Map<Integer, String> added, int id, String token, Path folder) {
    String known = added.put(id, token);
    if (known != null && !known.equals(token)) {
      throw UserException.failure(
          "the tokenizer files in %s contradict one another: %d is %s and %s"
              .formatted(folder, id, known, token));
    }
  }

  private static int number(String id, Path folder) {
    try {
      return Integer.parseInt(id);
    } catch (NumberFormatException e) {
      throw UserException.failure(
          folder.resolve(CONFIG) + ": added_tokens_decoder has the id '" + id + "'", e);
    }
  }

  /** A JSON object; empty where there is no such file. */
  static ObjectNode object(Path file) throws IOException {
    if (!Files.exists(file)) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw UserException.failure(
          "%s is not JSON (line %d, column %d)"
              .formatted(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    }
    throw UserException.failure(file + " holds no JSON object");
  }

  /** A token named by tokenizer_config.json, as text or as an object; empty for none. */
  String named(String field) {
    JsonNode token = config.path(field);
    return token.isObject() ? token.path("content").asText("") : token.asText("");
  }

  /** Whether the reference puts the start token before every text. */
  boolean addsBos() {
    if (config.path("add_bos_token").isBoolean()) {
      return config.path("add_bos_token").asBoolean();
    }
    // what the tokenizer classes do where nothing is said
    return model.path("model").path("byte_fallback").asBoolean();
  }
}
