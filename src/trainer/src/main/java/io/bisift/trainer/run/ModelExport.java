package io.bisift.trainer.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.bisift.core.UserException;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.net.Projection;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.CheckpointWriter;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.safetensors.TensorType;
import io.bisift.trainer.loop.StateFiles;
import io.bisift.trainer.trainee.NetworkTrainee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trained network as a Hugging Face folder like the one it began with: the same tensors in
 * the same order and type, low-rank additions merged, all other files beside them. The folder
 * appears under its name only when it is whole.
 */
final class ModelExport {
  private ModelExport() {}

  /**
   * Writes it.
   *
   * @param type of the weights; null for that of the folder it began with
   * @throws UserException if the target is taken or cannot be written
   */
  static void write(
      ModelSource source, NetworkTrainee model, Path target, @Nullable TensorType type) {
    if (Files.exists(target)) {
      throw UserException.usage(target + " is there already: give a new folder");
    }
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try (Checkpoint base = Checkpoint.open(source.folder())) {
      Files.createDirectories(partial);
      try (Stream<Path> old = Files.list(partial)) {
        for (Path file : old.toList()) {
          Files.delete(file);
        }
      }
      copyOthers(source.folder(), partial);
      Files.writeString(partial.resolve(ModelConfig.FILE), source.config().text());
      source.tokenizer().write(partial);
      new CheckpointWriter(type == null ? typeOf(base) : type, CheckpointWriter.DEFAULT_SHARD_BYTES)
          .write(partial, tensors(base, model.network()));
      writeHead(model.headWeights(), partial);
      Files.move(partial, target);
    } catch (IOException e) {
      throw UserException.failure("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  /** What the loss had weights of its own for: no tensors of the model, so a file of their own. */
  private static void writeHead(Map<String, NDArray> weights, Path folder) throws IOException {
    if (!weights.isEmpty()) {
      List<TensorEntry> entries = new ArrayList<>();
      weights.forEach((name, weight) -> entries.add(StateFiles.entry(name, weight)));
      Path apart = folder.resolve("kappa_head");
      new CheckpointWriter(TensorType.F32, CheckpointWriter.DEFAULT_SHARD_BYTES)
          .write(apart, entries);
    }
  }

  private static TensorType typeOf(Checkpoint base) {
    boolean small =
        base.names().stream().allMatch(name -> base.info(name).type() == TensorType.BF16);
    return small ? TensorType.BF16 : TensorType.F32;
  }

  private static void copyOthers(Path folder, Path target) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.contains(".safetensors") && !name.startsWith(".")) {
          Files.copy(file, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static List<TensorEntry> tensors(Checkpoint base, RewardNetwork network) {
    Map<String, Projection> changed = new HashMap<>();
    for (Projection projection : network.projections()) {
      if (projection.change() != null) {
        changed.put(projection.name() + ".weight", projection);
      }
    }
    return network.entries(base).stream()
        .map(
            entry ->
                changed.containsKey(entry.name()) ? merged(base, changed.get(entry.name())) : entry)
        .toList();
  }

  /** W + s · B·A, W as the folder has it; some rows at a time, when they are written. */
  private static TensorEntry merged(Checkpoint base, Projection projection) {
    TensorEntry frozen = TensorEntry.of(base, projection.weight().getName());
    long columns = frozen.shape().get(1);
    return new TensorEntry(
        frozen.name(),
        frozen.shape(),
        (from, target) -> {
          int start = target.position();
          int count = target.remaining();
          frozen.values().read(from, target);
          long row = from / columns;
          float[] change = rows(projection, row, (from + count - 1) / columns + 1);
          int at = Math.toIntExact(from - row * columns);
          for (int i = 0; i < count; i++) {
            target.put(start + i, target.get(start + i) + change[at + i]);
          }
        });
  }

  /** s · B·A in some rows. */
  private static float[] rows(Projection projection, long from, long to) {
    Projection.LowRank change = Objects.requireNonNull(projection.change());
    NDArray b = change.b().getArray();
    try (NDManager scope = NDManager.subManagerOf(b)) {
      NDArray some = b.get(new NDIndex("{}:{}", from, to));
      some.attach(scope);
      NDArray product = some.matMul(change.a().getArray());
      product.attach(scope);
      return product.muli(change.scale()).toFloatArray();
    }
  }
}
