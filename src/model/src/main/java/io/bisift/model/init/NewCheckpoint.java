package io.bisift.model.init;

import io.bisift.core.UserException;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.net.TensorShapes;
import io.bisift.model.safetensors.CheckpointWriter;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.text.PrmTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a checkpoint folder with random weights. */
public final class NewCheckpoint {
  /** Longest record that its tokenizer admits, as in training. */
  static final int MAX_TOKENS = 8192;

  private NewCheckpoint() {}

  /**
   * Writes config.json, tokenizer and weights; the same bytes for the same seed.
   *
   * @param folder new or empty
   * @param tokenizer folder whose tokenizer it gets; without one a small one of its own
   * @return numbers in all tensors
   * @throws UserException if the folder is taken or cannot be written
   */
  public static long write(Path folder, Preset preset, long seed, Optional<Path> tokenizer) {
    try {
      requireEmpty(folder);
      Files.createDirectories(folder);
      if (tokenizer.isEmpty()) {
        SmallTokenizer.write(folder);
      }
      ModelConfig config;
      try (PrmTokenizer opened = PrmTokenizer.open(tokenizer.orElse(folder))) {
        if (tokenizer.isPresent()) {
          opened.write(folder);
        }
        config = ModelConfig.parse(preset.config(opened.size()), ModelConfig.FILE);
      }
      Files.writeString(folder.resolve(ModelConfig.FILE), config.text());
      List<TensorEntry> tensors = new ArrayList<>();
      TensorShapes.of(config)
          .forEach((name, shape) -> tensors.add(RandomWeights.tensor(name, shape, seed)));
      new CheckpointWriter(preset.type(), CheckpointWriter.DEFAULT_SHARD_BYTES)
          .write(folder, tensors);
      return tensors.stream()
          .mapToLong(tensor -> tensor.shape().stream().reduce(1L, Math::multiplyExact))
          .sum();
    } catch (IOException e) {
      throw UserException.failure(
          "the checkpoint cannot be written to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw UserException.usage("--output " + folder + " is a file; name a new folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw UserException.usage("--output " + folder + " is not empty; name a new folder");
      }
    }
  }
}
