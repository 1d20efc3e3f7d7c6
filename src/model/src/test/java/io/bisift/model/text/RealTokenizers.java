package io.bisift.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Folders with the real vocabularies, in the forms in which they come. */
public final class RealTokenizers {
  private static final JsonMapper JSON = new JsonMapper();

  private RealTokenizers() {}

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        RealTokenizers.class.getResourceAsStream("/tokenizers/" + name), name);
  }

  private static JsonNode fast(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(resource(name + "/tokenizer.json.gz"))) {
      return JSON.readTree(in);
    }
  }

  /** With {@code tokenizer.json}. */
  public static Path fast(String name, Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("tokenizer.json").toFile(), fast(name));
    return withConfig(name, folder);
  }

  /** With {@code vocab.json} and {@code merges.txt}, or with {@code tokenizer.model}. */
  public static Path slow(String name, Path folder) throws IOException {
    Files.createDirectories(folder);
    JsonNode model = fast(name).path("model");
    if (name.equals("internlm2")) {
      Files.write(folder.resolve("tokenizer.model"), sentencePiece(model));
    } else {
      JSON.writeValue(folder.resolve("vocab.json").toFile(), model.path("vocab"));
      List<String> merges = new ArrayList<>(List.of("#version: 0.2"));
      model.path("merges").forEach(merge -> merges.add(merge.asText()));
      Files.write(folder.resolve("merges.txt"), merges);
    }
    return withConfig(name, folder);
  }

  /** With the nine tokens that InternVL2.5 checkpoints hold already, as these hold them. */
  public static Path internVl(String name, Path folder) throws IOException {
    slow(name, folder);
    int next = name.equals("internlm2") ? 92544 : 151665;
    ObjectNode added = JsonNodeFactory.instance.objectNode();
    for (String token : SpecialTokens.ADDED.subList(0, 9)) {
      added.put(token, next++);
    }
    JSON.writeValue(folder.resolve("added_tokens.json").toFile(), added);
    Files.writeString(
        folder.resolve("special_tokens_map.json"),
        "{\"additional_special_tokens\": [\"<|im_start|>\", \"<|im_end|>\"]}");
    return folder;
  }

  private static Path withConfig(String name, Path folder) throws IOException {
    try (InputStream in = resource(name + "/tokenizer_config.json")) {
      Files.write(folder.resolve("tokenizer_config.json"), in.readAllBytes());
    }
    return folder;
  }

  /** The model that the merges were once made from: a piece's score is the rank of its merges. */
  private static byte[] sentencePiece(JsonNode model) {
    Map<String, Integer> ranks = new HashMap<>();
    for (JsonNode merge : model.path("merges")) {
      ranks.putIfAbsent(merge.asText().replace(" ", ""), ranks.size());
    }
    TreeMap<Integer, String> pieces = new TreeMap<>();
    model.path("vocab").properties().forEach(p -> pieces.put(p.getValue().asInt(), p.getKey()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(
        (id, text) -> {
          ByteArrayOutputStream piece = new ByteArrayOutputStream();
          field(piece, 1, text.getBytes(StandardCharsets.UTF_8));
          varint(piece, 2 << 3 | 5);
          float score = -ranks.getOrDefault(text, ranks.size() + id);
          piece.writeBytes(
              ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(score).array());
          number(piece, 3, kind(id, text));
          field(out, 1, piece.toByteArray());
        });
    ByteArrayOutputStream trainer = new ByteArrayOutputStream();
    number(trainer, 3, 2);
    number(trainer, 35, 1);
    field(out, 2, trainer.toByteArray());
    ByteArrayOutputStream normalizer = new ByteArrayOutputStream();
    field(normalizer, 1, "identity".getBytes(StandardCharsets.UTF_8));
    number(normalizer, 3, 0);
    number(normalizer, 4, 0);
    number(normalizer, 5, 1);
    field(out, 3, normalizer.toByteArray());
    return out.toByteArray();
  }

  private static int kind(int id, String text) {
    if (text.matches("<0x[0-9A-F]{2}>")) {
      return 6;
    }
    return id == 0 ? 2 : id <= 2 ? 3 : 1;
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    varint(out, field << 3);
    varint(out, value);
  }

  private static void field(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
