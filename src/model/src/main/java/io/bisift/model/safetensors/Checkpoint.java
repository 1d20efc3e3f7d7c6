package io.bisift.model.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a Hugging Face folder: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} names. Nothing is read before it is asked for. Safe from several
 * threads.
 */
public final class Checkpoint implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Path folder;
  private final Map<String, SafetensorsFile> fileOf;
  private final List<SafetensorsFile> files;

  private Checkpoint(
      Path folder, Map<String, SafetensorsFile> fileOf, List<SafetensorsFile> files) {
    this.folder = folder;
    this.fileOf = fileOf;
    this.files = files;
  }

  /**
   * Opens the weights of a folder.
   *
   * @throws UserException if there are none, or a file is damaged, cut off, or lacks a tensor that
   *     the index promises
   */
  public static Checkpoint open(Path folder) {
    List<SafetensorsFile> files = new ArrayList<>();
    Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();
    try {
      if (Files.exists(folder.resolve(SINGLE))) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(SINGLE));
        files.add(file);
        file.tensors().keySet().forEach(name -> fileOf.put(name, file));
      } else {
        openShards(folder, fileOf, files);
      }
      return new Checkpoint(folder, fileOf, files);
    } catch (RuntimeException e) {
      files.forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static void openShards(
      Path folder, Map<String, SafetensorsFile> fileOf, List<SafetensorsFile> files) {
    Map<String, SafetensorsFile> opened = new LinkedHashMap<>();
    readIndex(folder)
        .forEach(
            (tensor, name) -> {
              SafetensorsFile file = opened.get(name);
              if (file == null) {
                file = SafetensorsFile.open(folder.resolve(name));
                opened.put(name, file);
                files.add(file);
              }
              file.info(tensor);
              fileOf.put(tensor, file);
            });
  }

  private static Map<String, String> readIndex(Path folder) {
    Path index = folder.resolve(INDEX);
    Map<String, String> names = new LinkedHashMap<>();
    try {
      JsonNode map = JSON.readTree(Files.readString(index)).path("weight_map");
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        names.put(entry.getKey(), entry.getValue().asText());
      }
    } catch (IOException e) {
      throw UserException.failure(
          Files.exists(index)
              ? "%s cannot be read: %s".formatted(index, e.getMessage())
              : "%s has no weights: neither %s nor %s".formatted(folder, SINGLE, INDEX),
          e);
    }
    if (names.isEmpty()) {
      throw UserException.failure(index + " names no tensors");
    }
    return names;
  }

  /** Names of all tensors, in the order of the index or of the file. */
  public Set<String> names() {
    return Collections.unmodifiableSet(fileOf.keySet());
  }

  /**
   * What the header says of one tensor.
   *
   * @throws UserException if the checkpoint lacks it
   */
  public TensorInfo info(String name) {
    return file(name).info(name);
  }

  /**
   * The same, and the shape must be this one.
   *
   * @throws UserException if the checkpoint lacks the tensor or has it in another shape
   */
  public TensorInfo info(String name, long... shape) {
    TensorInfo info = info(name);
    if (!info.hasShape(shape)) {
      throw UserException.failure(
          "%s: tensor %s has shape %s; by config.json it should have %s"
              .formatted(file(name).path(), name, info.shapeText(), Arrays.toString(shape)));
    }
    return info;
  }

  /** As {@link SafetensorsFile#read(String, long, FloatBuffer)}. */
  public void read(String name, long from, FloatBuffer target) {
    file(name).read(name, from, target);
  }

  /** As {@link SafetensorsFile#read(String, long, ByteBuffer)}. */
  public void read(String name, long from, ByteBuffer target) {
    file(name).read(name, from, target);
  }

  /** As {@link SafetensorsFile#floats(String)}. */
  public float[] floats(String name) {
    return file(name).floats(name);
  }

  /** Bytes of all tensors. */
  public long bytes() {
    return fileOf.keySet().stream().mapToLong(name -> info(name).bytes()).sum();
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      throw UserException.failure(
          "%s has no tensor %s, which the model of its config.json needs".formatted(folder, name));
    }
    return file;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
