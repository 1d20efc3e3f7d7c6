package io.bisift.model.text;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tokenizer files of one folder written into another, with more added tokens. */
final class TokenizerExport {
  private static final DefaultPrettyPrinter PRINTER = printer();

  private TokenizerExport() {}

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }

  /**
   * @param tokens that the written files must hold, by id
   */
  static void write(Path source, Path target, Map<Integer, String> tokens) {
    try {
      Files.createDirectories(target);
      copyAsTheyAre(source, target);
      TokenizerFiles files = TokenizerFiles.read(source);
      TreeMap<Integer, String> added = new TreeMap<>(files.added());
      added.putAll(tokens);
      Set<String> known = new HashSet<>(files.added().values());
      List<String> fresh =
          SpecialTokens.ADDED.stream().filter(token -> !known.contains(token)).toList();
      writeAdded(target, files, added);
      writeConfig(target, files.config(), added, fresh);
      ObjectNode special = TokenizerFiles.object(source.resolve(TokenizerFiles.SPECIAL));
      append(special, fresh);
      write(target.resolve(TokenizerFiles.SPECIAL), special);
      ObjectNode fast = TokenizerFiles.object(source.resolve(TokenizerFiles.FAST));
      if (!fast.isEmpty()) {
        writeFast(target, fast, added);
      }
    } catch (IOException e) {
      throw UserException.failure(
          "the tokenizer cannot be written to " + target + ": " + e.getMessage(), e);
    }
  }

  private static void copyAsTheyAre(Path source, Path target) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            source, "{tokenizer.model,vocab.json,merges.txt,tokenization_*}")) {
      for (Path file : files) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** As transformers writes it: tokens beyond the vocabulary of the model only. */
  private static void writeAdded(
      Path target, TokenizerFiles files, SortedMap<Integer, String> added) throws IOException {
    int vocabulary = files.model().path("model").path("vocab").size();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    added.tailMap(vocabulary).forEach((id, token) -> json.put(token, id));
    write(target.resolve(TokenizerFiles.ADDED), json);
  }

  private static void writeConfig(
      Path target, ObjectNode config, SortedMap<Integer, String> added, List<String> fresh)
      throws IOException {
    ObjectNode decoder =
        config.path("added_tokens_decoder") instanceof ObjectNode known
            ? known
            : config.putObject("added_tokens_decoder");
    added.forEach(
        (id, token) -> {
          if (!decoder.has(Integer.toString(id))) {
            describe(decoder.putObject(Integer.toString(id)), token);
          }
        });
    append(config, fresh);
    write(target.resolve(TokenizerFiles.CONFIG), config);
  }

  private static void writeFast(Path target, ObjectNode fast, SortedMap<Integer, String> added)
      throws IOException {
    ArrayNode list =
        fast.path("added_tokens") instanceof ArrayNode known
            ? known
            : fast.putArray("added_tokens");
    Set<Integer> there = new HashSet<>();
    for (JsonNode token : list) {
      there.add(token.path("id").asInt());
    }
    added.forEach(
        (id, token) -> {
          if (!there.contains(id)) {
            describe(list.addObject().put("id", id), token);
          }
        });
    write(target.resolve(TokenizerFiles.FAST), fast);
  }

  private static void describe(ObjectNode json, String token) {
    json.put("content", token)
        .put("lstrip", false)
        .put("normalized", false)
        .put("rstrip", false)
        .put("single_word", false)
        .put("special", true);
  }

  private static void append(ObjectNode json, List<String> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    ArrayNode list =
        json.path("additional_special_tokens") instanceof ArrayNode known
            ? known
            : json.putArray("additional_special_tokens");
    tokens.forEach(list::add);
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(file, TokenizerFiles.JSON.writer(PRINTER).writeValueAsString(json) + "\n");
  }
}
