package io.bisift.model.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The head of a safetensors file: eight bytes, little-endian, with the length of a JSON object; the
 * object, {@code {name: {dtype, shape, data_offsets}}}; then the data.
 * https://github.com/huggingface/safetensors#format
 */
final class SafetensorsHeader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LENGTH_BYTES = 8;
  private static final long LONGEST = 100_000_000; // the format's own bound
  private static final String METADATA = "__metadata__";

  private SafetensorsHeader() {}

  /**
   * Reads and checks a header: types known, tensors inside the file, lengths as their shapes have
   * it.
   *
   * @return by name, in the header's order
   * @throws UserException if the file is no safetensors file or is cut off
   */
  static Map<String, TensorInfo> read(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    long length = size < LENGTH_BYTES ? -1 : bytes(channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > LONGEST) {
      throw damaged(file, "it does not begin like a safetensors file");
    }
    if (LENGTH_BYTES + length > size) {
      throw cutOff(file, LENGTH_BYTES + length, size);
    }
    byte[] json = bytes(channel, LENGTH_BYTES, (int) length).array();
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    long end = LENGTH_BYTES + length;
    try {
      for (Map.Entry<String, JsonNode> field : parse(json, file).properties()) {
        if (!field.getKey().equals(METADATA)) {
          TensorInfo tensor = tensor(field.getKey(), field.getValue(), LENGTH_BYTES + length, file);
          tensors.put(tensor.name(), tensor);
          end = Math.max(end, Math.addExact(tensor.offset(), tensor.bytes()));
        }
      }
    } catch (ArithmeticException e) {
      throw damaged(file, "a tensor is larger than any file");
    }
    if (end > size) {
      throw cutOff(file, end, size);
    }
    return tensors;
  }

  private static JsonNode parse(byte[] json, Path file) {
    try {
      JsonNode root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
      if (root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw damaged(file, "its header is not a JSON object");
  }

  private static TensorInfo tensor(String name, JsonNode entry, long dataStart, Path file) {
    String type = entry.path("dtype").asText();
    if (Arrays.stream(TensorType.values()).noneMatch(known -> known.name().equals(type))) {
      throw damaged(file, "tensor %s has the unknown type %s".formatted(name, type));
    }
    List<Long> shape = new ArrayList<>();
    entry.path("shape").forEach(length -> shape.add(length.asLong(-1)));
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    if (shape.stream().anyMatch(length -> length < 0) || from < 0 || to < from) {
      throw damaged(file, "tensor %s has no proper shape and offsets".formatted(name));
    }
    TensorInfo tensor =
        new TensorInfo(name, TensorType.valueOf(type), shape, Math.addExact(dataStart, from));
    if (tensor.bytes() != to - from) {
      throw damaged(
          file,
          "tensor %s of shape %s takes %d bytes, its offsets say %d"
              .formatted(name, tensor.shapeText(), tensor.bytes(), to - from));
    }
    return tensor;
  }

  /** The head of a file that has these tensors one after the other; a multiple of eight bytes. */
  static ByteBuffer write(List<? extends TensorEntry> tensors, TensorType type) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject(METADATA).put("format", "pt"); // transformers refuses a file without it
    long offset = 0;
    for (TensorEntry tensor : tensors) {
      ObjectNode entry = root.putObject(tensor.name()).put("dtype", type.name());
      tensor.shape().forEach(entry.putArray("shape")::add);
      long end = offset + tensor.size() * type.bytes();
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    int length = (json.length + 7) / 8 * 8;
    ByteBuffer head =
        ByteBuffer.allocate(LENGTH_BYTES + length).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    head.put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    return head.flip();
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  private static UserException cutOff(Path file, long needed, long size) {
    return UserException.failure(
        "%s is cut off: its header asks for %,d bytes, it has %,d; fetch it again"
            .formatted(file, needed, size));
  }

  private static UserException damaged(Path file, String what) {
    return UserException.failure("%s cannot be used: %s".formatted(file, what));
  }
}
