package io.bisift.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.model.RewardModel;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.trainer.log.MetricsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs on the tiny model, by the command line. */
final class FitCommandTest {
  @TempDir static Path temp;
  private static TinyRun tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = TinyRun.make(temp, 16);
  }

  private static List<JsonNode> metrics(String output) throws IOException {
    return MetricsFile.read(temp.resolve(output).resolve("metrics.jsonl"));
  }

  private static Map<String, List<Long>> shapes(Path folder) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      checkpoint.names().forEach(name -> shapes.put(name, checkpoint.info(name).shape()));
    }
    return shapes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "lora"})
  void theTrainedFolderIsLikeTheFirstAndScoresAsEvaluated(String tuning) throws Exception {
    TinyRun.Said said =
        TinyRun.run(
            tiny.fit(
                tuning,
                "--tuning=" + tuning,
                "--max-updates=12",
                "--held-out=" + temp.resolve("held-out"),
                "--evaluate-every=6",
                "--warmup-ratio=0"));
    assertEquals(0, said.code(), said.err());
    assertTrue(said.out().contains("trained model in"), said.out());
    Path model = temp.resolve(tuning).resolve("model");
    assertEquals(shapes(temp.resolve("tiny")), shapes(model));
    assertEquals(
        new ArrayList<>(shapes(temp.resolve("tiny")).keySet()),
        new ArrayList<>(shapes(model).keySet()));
    JsonNode last = metrics(tuning).get(metrics(tuning).size() - 1);
    assertEquals("eval", last.path("kind").asText());
    assertEquals(last.path("loss").asDouble(), loss(model), 1e-5);
    assertTrue(Math.abs(loss(temp.resolve("tiny")) - loss(model)) > 1e-3, "nothing was learnt");
    assertTrue(Files.readString(temp.resolve(tuning).resolve("loss.svg")).startsWith("<svg"));
    TinyRun.Said again =
        TinyRun.run(tiny.fit(tuning, "--tuning=" + tuning, "--max-updates=12", "--warmup-ratio=0"));
    assertTrue(again.out().contains("complete"), again.out() + again.err());
    Path exported = temp.resolve(tuning + "-exported");
    TinyRun.Said export =
        TinyRun.run(
            "export", "--run=" + temp.resolve(tuning), "--checkpoint=last", "--output=" + exported);
    assertEquals(0, export.code(), export.err());
    assertEquals(
        -1,
        Files.mismatch(model.resolve("model.safetensors"), exported.resolve("model.safetensors")));
  }

  /** Mean cross-entropy of the held-out steps, by the scores of a folder. */
  private static double loss(Path folder) throws Exception {
    double sum = 0;
    int steps = 0;
    try (RewardModel model = RewardModel.load(folder)) {
      for (int i = 0; i < 6; i++) {
        byte[] image = Files.readAllBytes(temp.resolve("corpus/images/all/%05d.png".formatted(i)));
        List<Double> scores =
            model.score(
                List.of(image), "number " + i % 7 + "?", List.of("step 0", "step 1", "step 2"));
        int[] labels = {i % 2, (i / 2) % 2, 1};
        for (int step = 0; step < labels.length; step++) {
          double right = scores.get(step);
          sum -= Math.log(labels[step] == 1 ? right : 1 - right);
          steps++;
        }
      }
    }
    return sum / steps;
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "lora"})
  void bfloat16TrainsWhatFloat32Trains(String tuning) throws Exception {
    List<List<Double>> losses = new ArrayList<>();
    for (String precision : List.of("float32", "bfloat16")) {
      String output = tuning + "-" + precision;
      String[] fit =
          tiny.fit(output, "--tuning=" + tuning, "--max-updates=12", "--precision=" + precision);
      TinyRun.Said said = TinyRun.run(fit);
      assertEquals(0, said.code(), said.err());
      losses.add(metrics(output).stream().map(line -> line.path("loss").asDouble()).toList());
      assertEquals(shapes(temp.resolve("tiny")), shapes(temp.resolve(output).resolve("model")));
    }
    assertEquals(12, losses.get(1).size());
    for (int i = 0; i < 12; i++) {
      assertEquals(losses.get(0).get(i), losses.get(1).get(i), 0.05, "update " + i);
    }
    assertNotEquals(losses.get(0), losses.get(1));
  }

  @Test
  void whatIsWrongIsSaidInALine() throws Exception {
    assertUsage("unknown setting", configured("lerning-rate: 1"));
    assertUsage("did you mean learning-rate", configured("lerning-rate: 1"));
    assertUsage("none of stored, hard", tiny.fit("bad", "--labels=sofd"));
    assertUsage("specified only once", tiny.fit("bad", "--seed=1", "--seed=2"));
    assertUsage("--lora-targets", tiny.fit("bad", "--tuning=lora", "--lora-targets=wqkv"));
    assertUsage("--beta1", tiny.fit("bad", "--beta1=1.5"));
    assertUsage("missing option --train", "fit", "--model=" + temp.resolve("tiny"));
    assertFailure("manifest.json is not there", tiny.fit("bad1", "--held-out=" + temp));
    assertFailure("there is no image", tiny.fit("bad2", "--image-root=nowhere"));
  }

  private static String[] configured(String line) throws IOException {
    Path file = temp.resolve("config.yaml");
    Files.writeString(file, line + "\n");
    return tiny.fit("bad", "--config=" + file);
  }

  private static void assertUsage(String part, String... arguments) {
    TinyRun.Said said = TinyRun.run(arguments);
    assertEquals(2, said.code(), said.err());
    assertTrue(said.err().contains(part), said.err());
    assertEquals(1, said.err().strip().lines().count(), said.err());
  }

  private static void assertFailure(String part, String... arguments) {
    TinyRun.Said said = TinyRun.run(arguments);
    assertEquals(1, said.code(), said.err());
    assertTrue(said.err().contains(part), said.err());
  }

  @Test
  void anotherTokenizerIsRefused() throws Exception {
    Path other = temp.resolve("other");
    Files.createDirectories(other);
    for (String name :
        List.of("vocab.json", "merges.txt", "added_tokens.json", "tokenizer_config.json")) {
      if (Files.exists(temp.resolve("tiny").resolve(name))) {
        Files.copy(temp.resolve("tiny").resolve(name), other.resolve(name));
      }
    }
    Files.copy(temp.resolve("tiny/model.safetensors"), other.resolve("model.safetensors"));
    Files.writeString(
        other.resolve("config.json"),
        Files.readString(temp.resolve("tiny/config.json"))
            .replaceAll("\"vocab_size\" : \\d+", "\"vocab_size\" : 50000"));
    assertFailure("do not belong together", tiny.fit("bad3", "--model=" + other));
  }

  @Test
  void anUnfinishedRunIsTakenUpOnlyByTheSame() throws Exception {
    assertEquals(0, TinyRun.run(tiny.fit("begun", "--max-updates=3", "--save-every=2")).code());
    deleteModel(temp.resolve("begun/model"));
    assertUsage("--seed 42", tiny.fit("begun", "--max-updates=3", "--seed=9"));
    Path checkpoint = temp.resolve("begun/checkpoints/update-00000003");
    byte[] whole = Files.readAllBytes(checkpoint.resolve("model.safetensors"));
    Files.write(
        checkpoint.resolve("model.safetensors"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertFailure("cut off", tiny.fit("begun", "--max-updates=3", "--save-every=2"));
    Files.write(checkpoint.resolve("model.safetensors"), whole);
    assertEquals(0, TinyRun.run(tiny.fit("begun", "--max-updates=3", "--save-every=2")).code());
    assertTrue(Files.exists(temp.resolve("begun/model")));
    Files.createDirectories(temp.resolve("foreign"));
    Files.writeString(temp.resolve("foreign/letter.txt"), "hello");
    assertUsage("not of a training run", tiny.fit("foreign", "--max-updates=3"));
    assertFalse(Files.exists(temp.resolve("foreign/run.json")));
  }

  private static void deleteModel(Path model) throws IOException {
    try (var files = Files.list(model)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(model);
  }
}
