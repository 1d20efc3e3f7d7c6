package io.bisift.model.command;

import io.bisift.model.config.LanguageConfig;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.config.VisionConfig;
import io.bisift.model.net.TensorShapes;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.TensorInfo;
import io.bisift.model.text.PrmTokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code inspect} says of a checkpoint. */
final class CheckpointReport {
  private static final List<String> PARTS = List.of("vision_model.", "mlp1.", "language_model.");
  private static final int MOST_PROBLEMS = 20;

  /** Longest record of the training recipe. */
  private static final long LONG_RECORD = 8192;

  private final ModelConfig config;
  private final Checkpoint weights;
  private final PrmTokenizer tokenizer;

  CheckpointReport(ModelConfig config, Checkpoint weights, PrmTokenizer tokenizer) {
    this.config = config;
    this.weights = weights;
    this.tokenizer = tokenizer;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(architecture());
    lines.add("");
    lines.addAll(parts());
    lines.add("");
    lines.addAll(memory());
    return lines;
  }

  private List<String> architecture() {
    VisionConfig vision = config.vision();
    LanguageConfig language = config.language();
    return List.of(
        line(
            "vision     %d blocks of %d (%d heads, MLP %d, %s), patches of %d pixels",
            vision.layers(),
            vision.width(),
            vision.heads(),
            vision.mlpWidth(),
            vision.norm().name().toLowerCase(Locale.ROOT),
            vision.patchSize()),
        line(
            "tiles      %d x %d pixels, %d tokens each, %d to %d of a picture%s",
            config.imageSize(),
            config.imageSize(),
            config.tokensPerTile(),
            config.dynamicTiles() ? config.minTiles() : 1,
            config.dynamicTiles() ? config.maxTiles() : 1,
            config.dynamicTiles() && config.thumbnail() ? " and a thumbnail" : ""),
        line(
            "language   %s: %d layers of %d (%d heads, %d for keys and values, MLP %d)",
            language.architecture().className(),
            language.layers(),
            language.width(),
            language.heads(),
            language.keyValueHeads(),
            language.mlpWidth()),
        line(
            "tokens     %,d rows, %,d in the tokenizer, up to %,d positions",
            language.vocabulary(), tokenizer.size(), language.maxPositions()));
  }

  private List<String> parts() {
    List<String> lines = new ArrayList<>();
    lines.add(line("%-16s%10s%18s%12s", "part", "tensors", "numbers", "on disk"));
    for (String part : PARTS) {
      lines.add(row(part.substring(0, part.length() - 1), part));
    }
    lines.add(row("total", ""));
    return lines;
  }

  private String row(String title, String prefix) {
    List<TensorInfo> infos =
        weights.names().stream()
            .filter(name -> name.startsWith(prefix))
            .map(weights::info)
            .toList();
    return line(
        "%-16s%,10d%,18d%12s",
        title,
        infos.size(),
        infos.stream().mapToLong(TensorInfo::size).sum(),
        bytes(infos.stream().mapToLong(TensorInfo::bytes).sum()));
  }

  private List<String> memory() {
    long numbers = weights.names().stream().mapToLong(name -> weights.info(name).size()).sum();
    return List.of(
        line(
            "weights in memory: float32 %s, bfloat16 %s",
            bytes(numbers * Float.BYTES), bytes(numbers * Short.BYTES)),
        line(
            "scoring one record of %,d tokens, float32, plain attention: about %s more",
            LONG_RECORD, bytes(activations(LONG_RECORD))));
  }

  /** Attention weights before and after softmax, and a layer's wide vectors. */
  private long activations(long tokens) {
    LanguageConfig language = config.language();
    long attention = 2L * language.heads() * tokens * tokens;
    long vectors = tokens * (6L * language.width() + 3L * language.mlpWidth());
    return (attention + vectors) * Float.BYTES;
  }

  /** Tensors that are missing, of another shape, or nobody's, and tokens without a row. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Map<String, List<Long>> expected = TensorShapes.of(config);
    Set<String> names = new HashSet<>(weights.names());
    expected.forEach(
        (name, shape) -> {
          if (!names.contains(name)) {
            problems.add(name + " is missing");
          } else if (!weights.info(name).shape().equals(shape)) {
            problems.add(
                "%s has shape %s; by config.json it should have %s"
                    .formatted(name, weights.info(name).shapeText(), shape));
          }
        });
    Set<String> others = new TreeSet<>(names);
    others.removeAll(expected.keySet());
    others.forEach(name -> problems.add(name + " is no tensor of this model"));
    if (tokenizer.size() > config.language().vocabulary()) {
      problems.add(
          "the tokenizer has %,d tokens with %s, the model %,d rows: train it first, that adds them"
              .formatted(
                  tokenizer.size(),
                  tokenizer.missing().isEmpty() ? "all" : String.join(" ", tokenizer.missing()),
                  config.language().vocabulary()));
    }
    if (problems.size() > MOST_PROBLEMS) {
      int more = problems.size() - MOST_PROBLEMS;
      problems.subList(MOST_PROBLEMS, problems.size()).clear();
      problems.add("and " + more + " more");
    }
    return problems;
  }

  static String bytes(long bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1000 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : line("%.1f %s", size, units[unit]);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
