package io.bisift.model.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.model.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bisift model} as it is typed. */
class ModelCommandTest {
  private static final String TRAINING =
      "{\"image\": \"SQ.png\", \"conversations\": [{\"from\": \"human\", \"value\":"
          + " \"Question: is <prm> a tag?\\nProcess: one<prm>\\n\\ntwo<prm>\"},"
          + " {\"from\": \"gpt\", \"value\": [1.0, 0.0]}]}";
  private static final String BENCHMARK =
      "{\"image\": [\"a_rgb_wide.png\", \"SQ.png\"], \"question\": \"q <image1>\", \"response\":"
          + " {\"steps\": [\"a\", \"b\", \"c\"], \"process_correctness\": [1, 0, -1]},"
          + " \"data_source\": \"MMMU\"}";

  @TempDir static Path folder;
  private static Path tiny;

  @BeforeAll
  static void init() {
    tiny = folder.resolve("tiny");
    Run run = run("init", "--preset", "tiny", "--seed", "3", "--output", tiny);
    assertEquals(0, run.code, run.err);
    assertTrue(run.out.contains("tiny, 325,632 numbers, seed 3"), run.out);
  }

  /** What came of a command line. */
  private record Run(int code, String out, String err) {}

  private static Run run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    int code = Model.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Run(code, out.toString(), err.toString());
  }

  private static void assertError(int code, String message, Object... args) {
    Run run = run(args);
    assertEquals(code, run.code, run.err);
    assertTrue(run.err.contains(message), run.err);
    assertEquals(1, run.err.lines().count(), run.err);
    assertTrue(run.err.startsWith("bisift: "), run.err);
  }

  @Test
  void makesTheSameBytesForTheSameSeed() throws IOException {
    Path again = folder.resolve("again");
    Path other = folder.resolve("other");
    run("init", "--preset", "tiny", "--seed", "3", "--output", again);
    run("init", "--preset", "tiny", "--seed", "4", "--output", other);
    for (String file : List.of("config.json", "model.safetensors", "vocab.json", "merges.txt")) {
      assertArrayEquals(
          Files.readAllBytes(tiny.resolve(file)), Files.readAllBytes(again.resolve(file)), file);
    }
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(tiny.resolve("model.safetensors")),
            Files.readAllBytes(other.resolve("model.safetensors"))));
    assertError(2, "is not empty", "init", "--preset", "tiny", "--output", tiny);
  }

  @Test
  void inspects() throws IOException {
    Run run = run("inspect", "--checkpoint", tiny, "--tensors");
    assertEquals(0, run.code, run.err);
    assertTrue(run.out.contains("Qwen2ForCausalLM: 2 layers of 64"), run.out);
    assertTrue(
        run.out.contains("total                   65           325,632      1.3 MB"), run.out);
    assertTrue(run.out.contains("F32   [64, 3, 14, 14]"), run.out);
    assertFalse(run.out.contains("does not fit"), run.out);

    Path wrong = folder.resolve("wrong");
    run("init", "--preset", "tiny", "--output", wrong);
    Path config = wrong.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("\"num_hidden_layers\" : 2", "\"num_hidden_layers\" : 3"));
    Run problems = run("inspect", "--checkpoint", wrong);
    assertEquals(1, problems.code);
    assertTrue(
        problems.out.contains("does not fit: vision_model.encoder.layers.2.ls1 is missing"),
        problems.out);
  }

  @Test
  void scoresRecordsOfBothKinds() throws IOException {
    Path records = folder.resolve("records.jsonl");
    Files.write(
        records,
        List.of(
            TRAINING,
            "",
            "{\"no\": 1}",
            "not json",
            BENCHMARK,
            TRAINING.replace("SQ.png", "missing.png")));
    Path output = folder.resolve("deep/scores.jsonl");
    Run run =
        run(
            "score",
            "--checkpoint",
            tiny,
            "--records",
            records,
            "--images",
            Golden.path("images"),
            "--batch",
            "2",
            "--output",
            output);
    assertEquals(0, run.code, run.err);
    assertTrue(run.err.startsWith("2 scored, 3 rejected\n"), run.err);

    List<String> lines = Files.readAllLines(output);
    assertEquals(5, lines.size());
    JsonNode training = new JsonMapper().readTree(lines.get(0));
    assertEquals("records.jsonl:1", training.path("id").asText());
    assertEquals("[1.0,0.0]", training.path("labels").toString());
    assertEquals(2, training.path("prm_scores").path(0).size());
    assertEquals("is <prm> a tag?", training.path("question").asText());
    assertEquals("[\"one\",\"two\"]", training.path("steps").toString());
    assertTrue(lines.get(1).startsWith("{\"id\": \"records.jsonl:3\", \"rejected\": \"neither"));
    assertTrue(lines.get(2).startsWith("{\"id\": \"records.jsonl:4\", \"rejected\": \"not JSON"));
    JsonNode item = new JsonMapper().readTree(lines.get(3));
    assertEquals("MMMU", item.path("data_source").asText());
    assertEquals("[1,0,-1]", item.path("labels_per_step").toString());
    assertEquals(3, item.path("prm_scores").path(0).size());
    assertTrue(lines.get(4).contains("\"rejected\": \"there is no image "), lines.get(4));
  }

  @Test
  void saysInOneLineWhatIsWrong() throws IOException {
    assertError(2, "did you mean score?", "scor");
    assertError(2, "'small' is none of tiny, 1b, 8b", "init", "--preset", "small", "--output", "x");
    assertError(2, "Missing required option: '--checkpoint=FOLDER'", "inspect");
    assertError(1, "config.json cannot be read", "inspect", "--checkpoint", folder.resolve("no"));
    assertError(
        2, "there is no such file or folder", "score", "--checkpoint", tiny, "--records", "none");
    Path records = folder.resolve("one.jsonl");
    Files.writeString(records, TRAINING);
    assertError(
        2,
        "device tpu is unknown",
        "score",
        "--checkpoint",
        tiny,
        "--records",
        records,
        "--device",
        "tpu");
    assertError(
        2, "at least 1", "score", "--checkpoint", tiny, "--records", records, "--batch", "0");
  }

  @Test
  void helpsWithEveryCommand() {
    assertTrue(run("--help").out.contains("inspect"));
    for (String command : List.of("init", "inspect", "score")) {
      Run run = run(command, "--help");
      assertEquals(0, run.code);
      assertTrue(run.out.contains("Examples\n  bisift model " + command), run.out);
    }
    assertEquals(2, run().code);
  }
}
