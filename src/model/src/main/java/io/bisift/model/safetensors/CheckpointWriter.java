package io.bisift.model.safetensors;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes weights as Hugging Face does: {@code model.safetensors}, or {@code
 * model-00001-of-00003.safetensors} … with {@code model.safetensors.index.json} where they are more
 * than a shard holds. Files appear under their final names only when all are whole, the index last.
 */
public final class CheckpointWriter {
  private static final JsonMapper JSON = new JsonMapper();

  /** Hugging Face's own bound. */
  public static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;

  private static final int CHUNK = 1 << 20; // elements converted at once

  private final TensorType type;
  private final long shardBytes;

  /**
   * @param type F32, or BF16: rounded to the nearest, ties to even
   * @param shardBytes most bytes of a shard; a tensor that is larger gets a shard of its own
   */
  public CheckpointWriter(TensorType type, long shardBytes) {
    if (type != TensorType.F32 && type != TensorType.BF16) {
      throw new IllegalArgumentException("weights are written as F32 or BF16, not " + type);
    }
    this.type = type;
    this.shardBytes = shardBytes;
  }

  /**
   * Writes all tensors, in their order.
   *
   * @throws UserException if the folder holds other weights already, or cannot be written
   */
  public void write(Path folder, List<TensorEntry> tensors) {
    List<Path> parts = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      refuseOtherWeights(folder);
      List<List<TensorEntry>> shards = shards(tensors);
      List<Path> names = new ArrayList<>();
      for (int i = 0; i < shards.size(); i++) {
        String name =
            shards.size() == 1
                ? Checkpoint.SINGLE
                : "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
        names.add(folder.resolve(name));
        parts.add(folder.resolve("." + name + ".part"));
        writeFile(parts.get(i), shards.get(i));
      }
      for (int i = 0; i < names.size(); i++) {
        Files.move(parts.get(i), names.get(i), StandardCopyOption.ATOMIC_MOVE);
      }
      if (shards.size() > 1) {
        writeIndex(folder, names, shards);
      }
    } catch (IOException e) {
      throw UserException.failure(
          "weights cannot be written to %s: %s".formatted(folder, e.getMessage()), e);
    } finally {
      parts.forEach(CheckpointWriter::discard);
    }
  }

  private static void refuseOtherWeights(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(Path::getFileName)
          .map(Path::toString)
          .filter(name -> name.endsWith(".safetensors") || name.equals(Checkpoint.INDEX))
          .findFirst()
          .ifPresent(
              name -> {
                throw UserException.failure(
                    "%s already holds weights (%s): give a new folder".formatted(folder, name));
              });
    }
  }

  private List<List<TensorEntry>> shards(List<TensorEntry> tensors) {
    List<List<TensorEntry>> shards = new ArrayList<>();
    shards.add(new ArrayList<>());
    long bytes = 0;
    for (TensorEntry tensor : tensors) {
      long size = tensor.size() * type.bytes();
      if (bytes > 0 && bytes + size > shardBytes) {
        shards.add(new ArrayList<>());
        bytes = 0;
      }
      shards.get(shards.size() - 1).add(tensor);
      bytes += size;
    }
    return shards;
  }

  private void writeFile(Path file, List<TensorEntry> tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(channel, SafetensorsHeader.write(tensors, type));
      FloatBuffer values = FloatBuffer.allocate(CHUNK);
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(CHUNK * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (TensorEntry tensor : tensors) {
        for (long from = 0; from < tensor.size(); from += CHUNK) {
          values.clear().limit((int) Math.min(CHUNK, tensor.size() - from));
          tensor.values().read(from, values);
          narrow(values.flip(), bytes.clear());
          writeAll(channel, bytes.flip());
        }
      }
      channel.force(true);
    }
  }

  private void narrow(FloatBuffer values, ByteBuffer bytes) {
    if (type == TensorType.F32) {
      int length = values.remaining() * Float.BYTES;
      bytes.asFloatBuffer().put(values);
      bytes.position(length);
    } else {
      while (values.hasRemaining()) {
        bytes.putShort(HalfFloats.toBfloat16(values.get()));
      }
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void writeIndex(Path folder, List<Path> names, List<List<TensorEntry>> shards)
      throws IOException {
    TreeMap<String, String> fileOf = new TreeMap<>();
    long total = 0;
    for (int i = 0; i < names.size(); i++) {
      for (TensorEntry tensor : shards.get(i)) {
        fileOf.put(tensor.name(), names.get(i).getFileName().toString());
        total += tensor.size() * type.bytes();
      }
    }
    ObjectNode index = JSON.createObjectNode();
    index.putObject("metadata").put("total_size", total);
    fileOf.forEach(index.putObject("weight_map")::put);
    Path part = folder.resolve("." + Checkpoint.INDEX + ".part");
    Files.writeString(
        part,
        JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
                .writeValueAsString(index)
            + "\n");
    Files.move(part, folder.resolve(Checkpoint.INDEX), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // what failed first is what is told
    }
  }
}
