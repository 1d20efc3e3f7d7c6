package io.bisift.model.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.model.init.NewCheckpoint;
import io.bisift.model.init.Preset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a checkpoint is said in one line, with exit code 1. */
class BrokenCheckpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UP = "language_model.model.layers.1.mlp.up_proj.weight";

  @TempDir private Path folder;
  private Path weights;
  private Path config;
  private Path records;

  /** Changes the header of a safetensors file. */
  private interface Change {
    void to(ObjectNode header);
  }

  @BeforeEach
  void make() throws IOException {
    NewCheckpoint.write(folder.resolve("tiny"), Preset.TINY, 0, Optional.empty());
    weights = folder.resolve("tiny/model.safetensors");
    config = folder.resolve("tiny/config.json");
    records = folder.resolve("records.jsonl");
    Files.writeString(
        records,
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"Question: q\\nProcess: a<prm>\"},"
            + " {\"from\": \"gpt\", \"value\": [1.0]}]}\n");
  }

  private void assertLine(String message) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Model.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "score",
            "--checkpoint",
            folder.resolve("tiny").toString(),
            "--records",
            records.toString(),
            "--output",
            folder.resolve("scores.jsonl").toString());
    assertEquals("bisift: " + message, err.toString().strip());
    assertEquals(1, code);
    assertTrue(Files.notExists(folder.resolve("scores.jsonl")));
  }

  private void changeHeader(Change change) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[(int) file.getLong()];
    file.get(text);
    ObjectNode header = (ObjectNode) JSON.readTree(text);
    change.to(header);
    byte[] changed = JSON.writeValueAsBytes(header);
    ByteBuffer all =
        ByteBuffer.allocate(Long.BYTES + changed.length + file.remaining())
            .order(ByteOrder.LITTLE_ENDIAN);
    Files.write(weights, all.putLong(changed.length).put(changed).put(file).array());
  }

  private void replaceInConfig(String text, String by) throws IOException {
    Files.writeString(config, Files.readString(config).replace(text, by));
  }

  @Test
  void missingTensor() throws IOException {
    changeHeader(header -> header.remove(UP));
    assertLine(
        "%s has no tensor %s, which the model of its config.json needs"
            .formatted(folder.resolve("tiny"), UP));
  }

  @Test
  void wrongShape() throws IOException {
    changeHeader(header -> header.withObject("/" + UP).putArray("shape").add(64).add(128));
    assertLine(
        "%s: tensor %s has shape [64, 128]; by config.json it should have [128, 64]"
            .formatted(weights, UP));
  }

  @Test
  void truncatedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1000));
    assertLine(
        "%s is cut off: its header asks for %,d bytes, it has %,d; fetch it again"
            .formatted(weights, bytes.length, bytes.length - 1000));
    Files.write(weights, Arrays.copyOf(bytes, 5));
    assertLine(weights + " cannot be used: it does not begin like a safetensors file");
  }

  @Test
  void missingShard() throws IOException {
    Files.delete(weights);
    Files.writeString(
        folder.resolve("tiny/model.safetensors.index.json"),
        "{\"weight_map\": {\"" + UP + "\": \"model-00001-of-00002.safetensors\"}}");
    assertLine("no such file: " + folder.resolve("tiny/model-00001-of-00002.safetensors"));
  }

  @Test
  void unknownArchitecture() throws IOException {
    replaceInConfig("Qwen2ForCausalLM", "LlamaForCausalLM");
    String known = "known are InternLM2ForCausalLM, Qwen2ForCausalLM";
    String where = config + ".llm_config.architectures[0]: ";
    assertLine(where + "unknown architecture LlamaForCausalLM; " + known);
    replaceInConfig("\"LlamaForCausalLM\"", "");
    assertLine(where + "no architecture is given; " + known);
  }

  @Test
  void foreignTokenizer() throws IOException {
    Files.writeString(folder.resolve("tiny/vocab.json"), "{");
    assertLine(folder.resolve("tiny/vocab.json") + " is not JSON (line 1, column 2)");
    Files.delete(folder.resolve("tiny/vocab.json"));
    assertLine(
        folder.resolve("tiny")
            + " has no tokenizer: there must be tokenizer.model, tokenizer.json or vocab.json with"
            + " merges.txt");
    Files.writeString(
        folder.resolve("tiny/tokenizer.json"),
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"Yes\": 0, \"No\": 1}}}");
    assertLine(
        folder.resolve("tiny/tokenizer.json")
            + " is no byte-pair tokenizer; those of InternLM2 and Qwen2 are supported");
  }
}
