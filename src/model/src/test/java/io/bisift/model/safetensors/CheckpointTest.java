package io.bisift.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import io.bisift.model.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String NORM = "language_model.model.norm.weight";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void theShardedBfloat16CheckpointIsTheRoundedFloat32One(String llm) {
    try (Checkpoint exact = Checkpoint.open(Golden.path(llm + "/checkpoint"));
        Checkpoint rounded = Checkpoint.open(Golden.path(llm + "/checkpoint_bf16_sharded"))) {
      assertEquals(exact.names(), new HashSet<>(rounded.names()));
      for (String name : exact.names()) {
        assertEquals(exact.info(name).shape(), rounded.info(name).shape());
        float[] values = exact.floats(name);
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfFloats.fromBfloat16(HalfFloats.toBfloat16(values[i]));
        }
        assertArrayEquals(values, rounded.floats(name), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"F32, 1000000000, 1", "F32, 200000, 4", "BF16, 200000, 2", "F32, 1, 0"})
  void whatIsWrittenIsReadAgain(TensorType type, long shardBytes, int files) throws IOException {
    try (Checkpoint source = Checkpoint.open(Golden.path("internlm2/checkpoint_bf16_sharded"))) {
      List<TensorEntry> tensors =
          source.names().stream().map(name -> TensorEntry.of(source, name)).toList();
      new CheckpointWriter(type, shardBytes).write(folder, tensors);
      try (Checkpoint copy = Checkpoint.open(folder)) {
        assertEquals(new HashSet<>(source.names()), new HashSet<>(copy.names()));
        for (String name : source.names()) {
          assertEquals(type, copy.info(name).type());
          assertArrayEquals(source.floats(name), copy.floats(name), name);
        }
      }
      int shards = files == 0 ? tensors.size() : files;
      assertEquals(shards == 1 ? Set.of("model.safetensors") : shardNames(shards), list());
    }
  }

  private static Set<String> shardNames(int count) {
    Set<String> names = new HashSet<>(Set.of("model.safetensors.index.json"));
    for (int i = 1; i <= count; i++) {
      names.add("model-%05d-of-%05d.safetensors".formatted(i, count));
    }
    return names;
  }

  private Set<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void theHeadIsAsTransformersWantsIt() throws IOException {
    TensorEntry tensor = new TensorEntry("a", List.of(2L, 1L), (from, to) -> to.put(1).put(-2));
    new CheckpointWriter(TensorType.BF16, 100).write(folder, List.of(tensor));
    byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));
    String json =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"BF16\",\"shape\":[2,1],\"data_offsets\":[0,4]}}";
    ByteBuffer head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(file.length - 8 - 4, head.getLong());
    assertEquals(0, (file.length - 4) % 8);
    assertEquals(json, new String(file, 8, file.length - 12, StandardCharsets.UTF_8).strip());
    assertArrayEquals(
        new byte[] {(byte) 0x80, 0x3f, 0, (byte) 0xc0},
        Arrays.copyOfRange(file, file.length - 4, file.length));
  }

  @Test
  void writesNothingOverOtherWeights() throws IOException {
    Files.createFile(folder.resolve("model-00001-of-00002.safetensors"));
    CheckpointWriter writer = new CheckpointWriter(TensorType.F32, 100);
    UserException e = assertThrows(UserException.class, () -> writer.write(folder, List.of()));
    assertEquals(
        folder + " already holds weights (model-00001-of-00002.safetensors): give a new folder",
        e.getMessage());
  }

  @Test
  void aFailedWriteLeavesNothing() throws IOException {
    TensorEntry broken =
        new TensorEntry(
            "a",
            List.of(2L),
            (from, target) -> {
              throw new IllegalStateException("no values");
            });
    CheckpointWriter writer = new CheckpointWriter(TensorType.F32, 100);
    assertThrows(IllegalStateException.class, () -> writer.write(folder, List.of(broken)));
    assertEquals(Set.of(), list());
  }

  @Test
  void readsHalvesAndParts() throws IOException {
    Path file =
        file(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]}}",
            0,
            0x3c,
            0,
            0x40,
            0,
            0xc5);
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertArrayEquals(new float[] {1, 2, -5}, tensors.floats("h"));
      FloatBuffer part = FloatBuffer.allocate(2);
      tensors.read("h", 1, part);
      assertArrayEquals(new float[] {2, -5}, part.array());
      assertThrows(
          IndexOutOfBoundsException.class, () -> tensors.read("h", 2, FloatBuffer.allocate(2)));
    }
  }

  @Test
  void aMissingTensorAndAWrongShapeAreOneLine() {
    Path golden = Golden.path("internlm2/checkpoint");
    try (Checkpoint checkpoint = Checkpoint.open(golden)) {
      assertEquals(
          golden + " has no tensor mlp1.9.weight, which the model of its config.json needs",
          assertThrows(UserException.class, () -> checkpoint.info("mlp1.9.weight")).getMessage());
      assertEquals(
          golden.resolve("model.safetensors")
              + ": tensor "
              + NORM
              + " has shape [48]; by config.json it should have [64]",
          assertThrows(UserException.class, () -> checkpoint.info(NORM, 64)).getMessage());
      assertEquals(48, checkpoint.info(NORM, 48).size());
    }
  }

  @Test
  void aTruncatedFileIsOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.path("qwen2/checkpoint/model.safetensors"));
    Path file = folder.resolve("model.safetensors");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertEquals(
        file + " is cut off: its header asks for 581,840 bytes, it has 581,839; fetch it again",
        assertThrows(UserException.class, () -> Checkpoint.open(folder)).getMessage());
    for (int length : new int[] {0, 7, 8, 500}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(UserException.class, () -> Checkpoint.open(folder));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"a\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\"}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1000,1004]}}"
      })
  void aDamagedHeaderIsOneLine(String json) throws IOException {
    Path file = file(json, 0, 0, 0, 0);
    UserException e = assertThrows(UserException.class, () -> SafetensorsFile.open(file));
    assertEquals(
        true, e.getMessage().startsWith(file + " ") && e.getMessage().lines().count() == 1);
  }

  @Test
  void aFolderWithoutWeightsAndAShardThatIsMissingAreOneLine() throws IOException {
    assertEquals(
        folder + " has no weights: neither model.safetensors nor model.safetensors.index.json",
        assertThrows(UserException.class, () -> Checkpoint.open(folder)).getMessage());
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"x.safetensors\"}}");
    assertEquals(
        "no such file: " + folder.resolve("x.safetensors"),
        assertThrows(UserException.class, () -> Checkpoint.open(folder)).getMessage());
  }

  private Path file(String header, int... data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (int value : data) {
      bytes.put((byte) value);
    }
    return Files.write(folder.resolve("t.safetensors"), bytes.array());
  }
}
