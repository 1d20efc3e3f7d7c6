package io.bisift.model.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A checkpoint's config.json: what the network needs of it, and its text, which is written back
 * unchanged but for the vocabulary's size.
 *
 * @param vision the tower
 * @param language the language model
 * @param imageSize S, pixels of a square tile ({@code force_image_size}, or the tower's own)
 * @param shuffle k: k×k patches become one token (1 / {@code downsample_ratio})
 * @param shuffleOrder order of the shuffled cells ({@code ps_version}); v1 if absent
 * @param selectLayer which hidden state of the tower is used: -1 the last block's output, else an
 *     index into embeddings, block 1, block 2 …, negative from the end
 * @param template name of the chat template
 * @param minTiles fewest tiles of a picture
 * @param maxTiles most tiles of a picture
 * @param dynamicTiles whether pictures are cut into tiles at all
 * @param thumbnail whether the whole picture follows its tiles
 * @param text the file
 */
public record ModelConfig(
    VisionConfig vision,
    LanguageConfig language,
    int imageSize,
    int shuffle,
    ShuffleOrder shuffleOrder,
    int selectLayer,
    Optional<String> template,
    int minTiles,
    int maxTiles,
    boolean dynamicTiles,
    boolean thumbnail,
    String text) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The file's name in a checkpoint folder. */
  public static final String FILE = "config.json";

  /** Order of the cells after pixel shuffle. */
  public enum ShuffleOrder {
    /** Rows and columns swapped: the reference's first version, kept for old checkpoints. */
    V1,
    /** Row by row. */
    V2
  }

  /**
   * Reads {@code config.json} of a checkpoint folder.
   *
   * @throws UserException if there is none, or it describes a model that is not supported
   */
  public static ModelConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw UserException.failure(
          "%s cannot be read (%s): a checkpoint is a Hugging Face folder with %s, weights and tokenizer"
              .formatted(file, e.getClass().getSimpleName(), FILE),
          e);
    }
  }

  /**
   * Reads the text of a config.json.
   *
   * @param where the file's name, for messages
   * @throws UserException as {@link #read}
   */
  public static ModelConfig parse(String text, String where) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw UserException.failure("%s is not JSON: %s".formatted(where, e.getOriginalMessage()), e);
    }
    ConfigObject top = new ConfigObject(where, root);
    VisionConfig vision = VisionConfig.read(top.object("vision_config"));
    LanguageConfig language = LanguageConfig.read(top.object("llm_config"));
    ModelConfig config =
        new ModelConfig(
            vision,
            language,
            top.size("force_image_size", vision.imageSize()),
            shuffle(top),
            order(top),
            top.integer("select_layer", -1),
            top.has("template") ? Optional.of(top.text("template")) : Optional.empty(),
            top.size("min_dynamic_patch", 1),
            top.size("max_dynamic_patch", 6),
            top.flag("dynamic_image_size", false),
            top.flag("use_thumbnail", false),
            text);
    config.check(where);
    return config;
  }

  private static int shuffle(ConfigObject top) {
    double ratio = top.number("downsample_ratio", 0.5);
    double cells = 1 / ratio;
    if (!(cells >= 1 && cells == Math.rint(cells))) {
      throw UserException.failure(
          "%s.downsample_ratio must be one over a whole number, is %s"
              .formatted(top.where(), ratio));
    }
    return (int) cells;
  }

  private static ShuffleOrder order(ConfigObject top) {
    String version = top.text("ps_version", "v1");
    return switch (version) {
      case "v1" -> ShuffleOrder.V1;
      case "v2" -> ShuffleOrder.V2;
      default ->
          throw UserException.failure(
              "%s.ps_version %s is not supported; v1 and v2 are".formatted(top.where(), version));
    };
  }

  private void check(String where) {
    if (grid() == 0 || grid() % shuffle != 0) {
      throw UserException.failure(
          "%s: tiles of %d pixels have %d patches a side, which pixel shuffle by %d cannot divide"
              .formatted(where, imageSize, grid(), shuffle));
    }
    int states = vision.layers() + 1;
    if (selectLayer < -states || selectLayer >= states) {
      throw UserException.failure(
          "%s.select_layer is %d, but the tower has %d hidden states"
              .formatted(where, selectLayer, states));
    }
  }

  /** g, patches along a side of a tile. */
  public int grid() {
    return imageSize / vision.patchSize();
  }

  /** Tokens that a tile becomes: (g / k)². */
  public int tokensPerTile() {
    int cells = grid() / shuffle;
    return cells * cells;
  }

  /** How many of the tower's blocks have to run: up to the selected hidden state. */
  public int visionLayersUsed() {
    return selectLayer < 0 ? vision.layers() + 1 + selectLayer : selectLayer;
  }

  /** The same model with another number of tokens; nothing else in the text changes. */
  public ModelConfig withVocabulary(int size) {
    return parse(JsonNumber.replace(text, "/llm_config/vocab_size", Integer.toString(size)), FILE);
  }
}
