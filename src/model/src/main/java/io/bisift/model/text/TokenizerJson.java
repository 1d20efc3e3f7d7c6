package io.bisift.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bisift.model.text.SentencePieceModel.Kind;
import io.bisift.model.text.SentencePieceModel.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form that Hugging Face's tokenizers library reads ({@code tokenizer.json}), made from the
 * files of the slow tokenizers.
 */
final class TokenizerJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Stands for a space in SentencePiece. */
  private static final String SPACE = "\u2581";

  /** How Qwen2 takes text apart before it merges. */
  private static final String QWEN2_WORDS =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private TokenizerJson() {}

  /** Qwen2: NFC, words, bytes, merges. */
  static ObjectNode byteLevel(ObjectNode vocabulary, List<String> merges) {
    ObjectNode json = NODES.objectNode();
    json.putObject("normalizer").put("type", "NFC");
    ObjectNode words = NODES.objectNode().put("type", "Split");
    words.putObject("pattern").put("Regex", QWEN2_WORDS);
    words.put("behavior", "Isolated").put("invert", false);
    json.putObject("pre_tokenizer")
        .put("type", "Sequence")
        .putArray("pretokenizers")
        .add(words)
        .add(bytes());
    json.set("decoder", bytes());
    ObjectNode model = json.putObject("model").put("type", "BPE");
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
    model.set("vocab", vocabulary);
    ArrayNode list = model.putArray("merges");
    merges.forEach(list::add);
    return json;
  }

  private static ObjectNode bytes() {
    return NODES
        .objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
  }

  /** InternLM2: spaces made visible, whole texts merged, bytes for what is unknown. */
  static ObjectNode sentencePiece(SentencePieceModel source) {
    ObjectNode json = NODES.objectNode();
    ArrayNode normalizers =
        json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    if (source.charactersMap().hasRemaining()) {
      ByteBuffer map = Base64.getEncoder().encode(source.charactersMap().duplicate());
      normalizers
          .addObject()
          .put("type", "Precompiled")
          .put("precompiled_charsmap", StandardCharsets.US_ASCII.decode(map).toString());
    }
    if (source.dummyPrefix()) {
      normalizers.addObject().put("type", "Prepend").put("prepend", SPACE);
    }
    ObjectNode spaces = normalizers.addObject().put("type", "Replace");
    spaces.putObject("pattern").put("String", " ");
    spaces.put("content", SPACE);
    ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
    ObjectNode back = decoders.addObject().put("type", "Replace");
    back.putObject("pattern").put("String", SPACE);
    back.put("content", " ");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    ObjectNode model = json.putObject("model").put("type", "BPE");
    model.put("fuse_unk", true).put("byte_fallback", source.byteFallback());
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < source.pieces().size(); id++) {
      Piece piece = source.pieces().get(id);
      vocabulary.put(piece.text(), id);
      if (piece.kind() == Kind.UNKNOWN) {
        model.put("unk_token", piece.text());
      }
    }
    model.set("merges", merges(source.pieces()));
    return json;
  }

  /**
   * SentencePiece merges two neighbours if they make a piece, the piece of the highest score first.
   * Here every way to make a piece is a rule of its own, in the order of the scores.
   */
  private static ArrayNode merges(List<Piece> pieces) {
    Map<String, Integer> ids = new HashMap<>();
    List<Integer> products = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      Kind kind = pieces.get(id).kind();
      if (kind == Kind.NORMAL || kind == Kind.USER_DEFINED || kind == Kind.UNUSED) {
        ids.put(pieces.get(id).text(), id);
        products.add(id);
      }
    }
    products.sort(
        Comparator.comparing((Integer id) -> -pieces.get(id).score())
            .thenComparing(Comparator.naturalOrder()));
    ArrayNode merges = NODES.arrayNode();
    for (int id : products) {
      String text = pieces.get(id).text();
      for (int cut = 1; cut < text.length(); cut++) {
        String left = text.substring(0, cut);
        String right = text.substring(cut);
        if (ids.containsKey(left) && ids.containsKey(right)) {
          merges.addArray().add(left).add(right);
        }
      }
    }
    return merges;
  }

  /**
   * Leaves out what would turn plain text into tokens that are none: added tokens, and merges whose
   * product is a control token or stands for a byte.
   *
   * @param control tokens that text must not become
   */
  static void plainTextOnly(ObjectNode json, Set<String> control) {
    json.put("version", "1.0");
    json.putArray("added_tokens");
    json.putNull("post_processor");
    json.putNull("truncation");
    json.putNull("padding");
    ObjectNode model = (ObjectNode) json.path("model");
    boolean byteFallback = model.path("byte_fallback").asBoolean();
    ArrayNode kept = NODES.arrayNode();
    for (JsonNode merge : model.path("merges")) {
      String product = product(merge);
      boolean standsForByte = byteFallback && product.matches("<0x[0-9A-F]{2}>");
      if (!control.contains(product) && !standsForByte) {
        kept.add(merge);
      }
    }
    model.set("merges", kept);
  }

  private static String product(JsonNode merge) {
    if (merge instanceof TextNode text) {
      String both = text.textValue();
      int space = both.indexOf(' ');
      return both.substring(0, space) + both.substring(space + 1);
    }
    return merge.path(0).asText() + merge.path(1).asText();
  }
}
