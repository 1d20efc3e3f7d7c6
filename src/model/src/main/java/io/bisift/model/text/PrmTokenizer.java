package io.bisift.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The tokenizer of a checkpoint folder, with the tokens of the reward model. Text is never taken
 * for a special token, whatever it says: those have ids, and who wants them puts them in. Safe from
 * several threads.
 */
public final class PrmTokenizer implements AutoCloseable {
  /** Beyond this a model_max_length means that there is none. */
  private static final long MOST_TOKENS = 10_000_000;

  private final Path folder;
  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> ids;
  private final List<String> missing;
  private final OptionalInt bos;
  private final int pad;
  private final OptionalInt maxLength;

  private PrmTokenizer(Path folder, TokenizerFiles files) throws IOException {
    this.folder = folder;
    ids = new HashMap<>();
    files
        .model()
        .path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
    files.added().forEach((id, token) -> ids.put(token, id));
    checkFamily(files);
    missing = addMissing(ids);
    bos = files.addsBos() ? OptionalInt.of(named(files, "bos_token")) : OptionalInt.empty();
    pad = files.named("pad_token").isEmpty() ? 0 : named(files, "pad_token");
    long length = files.config().path("model_max_length").asLong(Long.MAX_VALUE);
    maxLength =
        length > 0 && length <= MOST_TOKENS ? OptionalInt.of((int) length) : OptionalInt.empty();
    tokenizer = open(files);
  }

  /**
   * Reads the tokenizer of a Hugging Face folder: from {@code tokenizer.model}, from {@code
   * vocab.json} and {@code merges.txt}, or from {@code tokenizer.json}, with {@code
   * added_tokens.json} and {@code tokenizer_config.json}. Tokens of {@link SpecialTokens#ADDED}
   * that it lacks get the next free ids, in that order, as the reference gives them.
   *
   * @throws UserException if there is none, or it is another model's
   */
  public static PrmTokenizer open(Path folder) {
    TokenizerFiles files = TokenizerFiles.read(folder);
    try {
      return new PrmTokenizer(folder, files);
    } catch (IOException e) {
      throw UserException.failure(
          "the tokenizer in " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void checkFamily(TokenizerFiles files) {
    for (String token :
        List.of(
            SpecialTokens.MESSAGE_START,
            SpecialTokens.MESSAGE_END,
            SpecialTokens.RIGHT,
            SpecialTokens.WRONG)) {
      if (!ids.containsKey(token)) {
        throw UserException.failure(
            "the tokenizer in %s has no %s: it is not that of InternLM2 or Qwen2 as InternVL2.5 has them"
                .formatted(folder, token));
      }
    }
    for (String field : List.of("bos_token", "pad_token")) {
      if (!files.named(field).isEmpty()) {
        named(files, field);
      }
    }
  }

  private int named(TokenizerFiles files, String field) {
    Integer id = ids.get(files.named(field));
    if (id == null) {
      throw UserException.failure(
          "%s: %s '%s' is not in the vocabulary"
              .formatted(folder.resolve(TokenizerFiles.CONFIG), field, files.named(field)));
    }
    return id;
  }

  private static List<String> addMissing(Map<String, Integer> ids) {
    List<String> missing = new ArrayList<>();
    int next = ids.values().stream().mapToInt(id -> id).max().orElse(-1) + 1;
    for (String token : SpecialTokens.ADDED) {
      if (!ids.containsKey(token)) {
        ids.put(token, next++);
        missing.add(token);
      }
    }
    return missing;
  }

  private HuggingFaceTokenizer open(TokenizerFiles files) throws IOException {
    Set<String> control = new HashSet<>(SpecialTokens.ADDED);
    JsonNode model = files.model().path("model");
    control.add(model.path("unk_token").asText("<unk>"));
    for (String field : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
      control.add(files.named(field));
    }
    control.addAll(files.added().values());
    // a token may have an id that the vocabulary calls by another name
    for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
      if (files.added().containsKey(piece.getValue().asInt())) {
        control.add(piece.getKey());
      }
    }
    ObjectNode json = files.model();
    TokenizerJson.plainTextOnly(json, control);
    // without these DJL would cut texts at 512 tokens
    Map<String, String> options =
        Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(TokenizerFiles.JSON.writeValueAsBytes(json)), options);
    } catch (RuntimeException e) {
      throw UserException.failure(
          "the tokenizer in " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The ids of a text as it stands, nothing before or behind it. */
  public int[] encode(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    long[] wide = tokenizer.encode(text, false, false).getIds();
    int[] encoded = new int[wide.length];
    for (int i = 0; i < wide.length; i++) {
      encoded[i] = (int) wide[i];
    }
    return encoded;
  }

  /**
   * The id of a token or of a word that is one piece.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int id(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new IllegalArgumentException("no token " + token);
    }
    return id;
  }

  /** How many rows the embedding must have: one more than the largest id. */
  public int size() {
    return ids.values().stream().mapToInt(id -> id).max().orElseThrow() + 1;
  }

  /** Tokens of {@link SpecialTokens#ADDED} that the folder's files do not hold, in order. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** The start token, where the reference puts it before a prompt (InternLM2). */
  public OptionalInt bos() {
    return bos;
  }

  /** What shorter texts of a batch are filled with. */
  public int pad() {
    return pad;
  }

  /** Most tokens of a text, if the folder says so. */
  public OptionalInt maxLength() {
    return maxLength;
  }

  /**
   * Writes its files into another folder, in the form in which the folder it came from has them,
   * with all tokens of {@link SpecialTokens#ADDED} in them.
   *
   * @throws UserException if they cannot be written
   */
  public void write(Path target) {
    Map<Integer, String> added = new HashMap<>();
    SpecialTokens.ADDED.forEach(token -> added.put(id(token), token));
    TokenizerExport.write(folder, target, added);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
