package io.bisift.pipelines.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.StepScores;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.pipelines.Annotations;
import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluations with Beam and without. */
@ParameterizedClass
@MethodSource("drivers")
class EvaluateTest {
  private static final List<String> LOCAL = List.of();
  private static final List<String> BEAM = List.of("--runner=DirectRunner");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCORES = Path.of("sample/scores.jsonl");
  private static final Path BENCHMARK = Path.of("sample/test.jsonl");
  private static final Path IMAGES = Path.of("sample/images");

  @Parameter List<String> driver;
  @TempDir Path folder;

  static List<List<String>> drivers() {
    return List.of(LOCAL, BEAM);
  }

  private Cli evaluate(String output, Object... args) {
    return evaluateBy(driver, output, args);
  }

  private Cli evaluateBy(List<String> driver, String output, Object... args) {
    return Cli.run(
        Stream.of(
                Stream.of("evaluate", "--output", folder.resolve(output)),
                Arrays.stream(args),
                driver.stream())
            .flatMap(words -> words)
            .toArray());
  }

  private Cli score(String output, Path benchmark, String checkpoint, Object... args) {
    Object[] all = {"--annotations", benchmark, "--image-root", IMAGES, "--checkpoint", checkpoint};
    return evaluate(output, Stream.concat(Arrays.stream(all), Arrays.stream(args)).toArray());
  }

  /** A checkpoint's name that no other test has, nor this one with the other driver. */
  private String checkpoint(String name) {
    return name + (driver.equals(BEAM) ? "-beam" : "-local");
  }

  private static void done(Cli cli) {
    assertEquals(0, cli.exitCode(), cli.err());
  }

  private JsonNode metrics(String output) throws IOException {
    return JSON.readTree(Files.readString(folder.resolve(output).resolve("metrics.json")));
  }

  private List<JsonNode> lines(String output, String kind) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(output).resolve(kind))) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  @Test
  void everyStepGetsTheModelsScore() throws IOException {
    String checkpoint = checkpoint("everyStep");
    done(score("scored", BENCHMARK, checkpoint, "--prompt", "scoring"));
    List<String> items = Files.readAllLines(BENCHMARK);
    List<JsonNode> scored = lines("scored", "scores");
    assertEquals(items.size(), scored.size());
    ScorerSettings settings =
        new ScorerSettings(
            checkpoint,
            ScorerSettings.PromptText.SCORING,
            ScorerSettings.PictureLayout.MOSAIC,
            Optional.empty(),
            "auto",
            ScorerSettings.Precision.FLOAT32);
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = JSON.readTree(items.get(i));
      List<String> steps = new ArrayList<>();
      item.at("/response/steps").forEach(step -> steps.add(step.asText()));
      List<byte[]> images = new ArrayList<>();
      for (JsonNode image : item.get("image")) {
        images.add(Files.readAllBytes(IMAGES.resolve(image.asText())));
      }
      ScoreRequest request = new ScoreRequest(item.get("question").asText(), steps, images);
      StepScores.Scored expected = (StepScores.Scored) FakeScorer.answer(settings, request);
      List<Double> actual = new ArrayList<>();
      scored.get(i).at("/prm_scores/0").forEach(score -> actual.add(score.asDouble()));
      assertEquals(expected.scores(), actual);
      assertEquals("test.jsonl:" + (i + 1), scored.get(i).get("id").asText());
      assertEquals(item.at("/response/process_correctness"), scored.get(i).get("labels_per_step"));
    }
    assertEquals(items.size(), FakeScorer.ASKED.get(checkpoint).get());
    assertEquals(1, FakeScorer.OPENED.get(checkpoint).get(), "loaded more than once");
  }

  /** Items whose chunk was kept are not scored again, and the outcome is that of one run. */
  @Test
  void aStoppedRunGoesOnWhereItWas() throws IOException {
    String checkpoint = checkpoint("stopped");
    FakeScorer.LIMITS.put(checkpoint, new AtomicInteger(7));
    Cli stopped = score("resumed", BENCHMARK, checkpoint, "--batch-size=2");
    assertEquals(1, stopped.exitCode());
    assertTrue(stopped.err().contains("bisift: the model was stopped"), stopped.err());
    if (driver.equals(LOCAL)) {
      assertEquals(0, FakeScorer.CLOSED_AT_WORK.get(checkpoint).get());
    }
    assertFalse(Files.exists(folder.resolve("resumed/metrics.json")));
    int kept = folder.resolve("resumed/chunks").toFile().list().length;
    assertTrue(kept > 0, "nothing was kept");
    FakeScorer.LIMITS.remove(checkpoint);
    FakeScorer.ASKED.remove(checkpoint);
    Cli resumed = score("resumed", BENCHMARK, checkpoint, "--batch-size=2");
    done(resumed);
    assertTrue(resumed.err().contains("holds an unfinished run; taking it up again"));
    assertEquals(12 - 2 * kept, FakeScorer.ASKED.get(checkpoint).get());
    done(score("whole", BENCHMARK, checkpoint, "--batch-size=2"));
    assertEquals(
        OutputFiles.checksums(folder.resolve("whole")),
        OutputFiles.checksums(folder.resolve("resumed")));
    assertFalse(Files.exists(folder.resolve("resumed/chunks")));
  }

  /** Another checkpoint's chunks are no use. */
  @Test
  void keptChunksAreOfTheSameCheckpoint() {
    FakeScorer.LIMITS.put(checkpoint("first"), new AtomicInteger(7));
    assertEquals(1, score("other", BENCHMARK, checkpoint("first"), "--batch-size=2").exitCode());
    done(score("other", BENCHMARK, checkpoint("second"), "--batch-size=2"));
    assertEquals(12, FakeScorer.ASKED.get(checkpoint("second")).get());
  }

  @Test
  void whatCannotBeScoredIsKeptAsideWithItsReason() throws IOException {
    String good =
        "{\"image\": [], \"question\": \"q\", \"response\": {\"steps\": [\"a\", \"b\"],"
            + " \"process_correctness\": [1, -1]}}";
    Path benchmark =
        Annotations.write(
            folder.resolve("bad/test.jsonl"),
            good,
            good.replace("[1, -1]", "[1]"),
            "",
            "{\"broken",
            good.replace("\"q\"", "\"unanswerable\""),
            good.replace("[]", "[\"none.png\"]"),
            good.replace("[1, -1]", "[1, 2]"),
            good.replace("\"b\"", "7"),
            "[]",
            good.replace("[\"a\", \"b\"]", "[]").replace("[1, -1]", "[]"),
            good.replace("\"response\"", "\"data_source\": \"X\", \"response\""));
    done(score("rejects", benchmark, "rejects"));
    assertEquals(3, lines("rejects", "scores").size());
    List<String> reasons = new ArrayList<>();
    lines("rejects", "rejected")
        .forEach(line -> reasons.add(line.get("id").asText() + " " + line.get("reason").asText()));
    assertEquals(7, reasons.size(), reasons.toString());
    assertEquals("test.jsonl:2 1 labels for 2 steps", reasons.get(0));
    assertTrue(reasons.get(1).startsWith("test.jsonl:4 not JSON: "), reasons.get(1));
    assertEquals("test.jsonl:5 2 of 3 steps were cut off", reasons.get(2));
    assertEquals("test.jsonl:6 image not found: none.png", reasons.get(3));
    assertEquals("test.jsonl:7 the label of step 2 is 2, not 1, 0 or -1", reasons.get(4));
    assertEquals("test.jsonl:8 steps 2 is not a string", reasons.get(5));
    assertEquals("test.jsonl:9 not a JSON object", reasons.get(6));
    assertEquals(3, metrics("rejects").at("/counts/items").asInt());
    assertEquals(7, metrics("rejects").at("/rejected/items").asInt());
    assertEquals(1, metrics("rejects").at("/rejected/by_defect/not_scored").asInt());
    Cli strict = score("strict", benchmark, "rejects", "--max-rejected=0.5");
    assertEquals(1, strict.exitCode());
    assertTrue(strict.err().contains("7 of 10 items (70.00 %) were rejected"), strict.err());
  }

  @Test
  void badScoresAreKeptAsideInLinesAndArrays() throws IOException {
    String good = "{\"labels_per_step\": [1, -1], \"prm_scores\": [[0.5, 0.25]]}";
    List<String> items =
        List.of(
            good,
            good.replace("0.25", "NaN"),
            good.replace("0.25", "-Infinity"),
            good.replace("0.25", "null"),
            good.replace("0.25", "\"0.25\""),
            good.replace("0.25", "1.0000001"),
            good.replace(", 0.25", ""),
            good.replace("[[0.5, 0.25]]", "0.5"),
            good.replace("prm_scores", "scores"),
            good.replace("[1, -1]", "[1, null]"),
            good.replace("-1", "-1 1"),
            "[0.5]",
            good);
    Path lines =
        Annotations.write(folder.resolve("in/results.jsonl"), items.toArray(String[]::new));
    Path array = folder.resolve("in/results.json");
    Files.writeString(array, "[" + String.join(",\n", items) + "]");
    for (Path file : List.of(lines, array)) {
      String output = file.getFileName().toString();
      done(evaluate(output, "--scores", file));
      assertEquals(2, lines(output, "scores").size());
      List<String> reasons = new ArrayList<>();
      for (JsonNode line : lines(output, "rejected")) {
        reasons.add(
            line.get("id").asText().replaceAll(".*:", "") + " " + line.get("reason").asText());
        int item = Integer.parseInt(reasons.get(reasons.size() - 1).replaceAll(" .*", ""));
        assertEquals(items.get(item - 1), line.get("raw").asText());
      }
      assertEquals(11, reasons.size());
      assertTrue(reasons.get(9).startsWith("11 not JSON: "), reasons.get(9));
      reasons.remove(9);
      assertEquals(
          List.of(
              "2 the score of step 2 is NaN, not in [0, 1]",
              "3 the score of step 2 is -Infinity, not in [0, 1]",
              "4 the score of step 2 is no number",
              "5 the score of step 2 is no number",
              "6 the score of step 2 is 1.0000001, not in [0, 1]",
              "7 1 scores for 2 labels",
              "8 prm_scores is missing or not a list",
              "9 prm_scores is missing or not a list",
              "10 the label of step 2 is null, not 1, 0 or -1",
              "12 not a JSON object"),
          reasons);
    }
    Files.writeString(array, "[" + good + ", {\"labels");
    Cli cut = evaluate("cut", "--scores", array);
    assertEquals(1, cut.exitCode());
    assertTrue(cut.err().contains("not a JSON array: it ends within element 2 at byte"), cut.err());
    assertFalse(Files.exists(folder.resolve("cut/metrics.json")));
  }

  /** The reference's array, our lines of it, and our lines of those: one and the same. */
  @Test
  void readyScoresInAnyFormAreTheSame() throws IOException {
    List<JsonNode> items = new ArrayList<>();
    for (String line : Files.readAllLines(SCORES)) {
      JsonNode item = JSON.readTree(line);
      ((ObjectNode) item).remove(List.of("id", "question", "steps", "image"));
      items.add(item);
    }
    Path array = folder.resolve("results.json");
    JSON.writerWithDefaultPrettyPrinter().writeValue(array.toFile(), items);
    done(evaluate("array", "--scores", array, "--shards=3", "--threshold=reference"));
    done(evaluate("again", "--scores", folder.resolve("array"), "--threshold=reference"));
    assertEquals(lines("array", "scores"), lines("again", "scores"));
    done(evaluate("lines", "--scores", SCORES, "--threshold=reference"));
    for (String field :
        List.of("per_source", "overall", "auto_search", "optimum", "intervals", "first_error")) {
      assertEquals(metrics("lines").get(field), metrics("array").get(field), field);
      assertEquals(metrics("lines").get(field), metrics("again").get(field), field);
    }
    assertEquals("results.json:1", lines("array", "scores").get(0).get("id").asText());
  }

  @Test
  void parallelismAndDriverMakeNoDifference() throws IOException {
    String threads = driver.equals(BEAM) ? "--targetParallelism=" : "--parallelism=";
    done(score("one", BENCHMARK, "parallel", threads + 1));
    done(score("four", BENCHMARK, "parallel", threads + 4));
    Map<String, String> one = OutputFiles.checksums(folder.resolve("one"));
    assertEquals(one, OutputFiles.checksums(folder.resolve("four")));
    Object[] ready = {"--scores", folder.resolve("one"), "--calibration", SCORES};
    Object[] args =
        Stream.concat(Arrays.stream(ready), Stream.of("--threshold=calibration", "--shards=4"))
            .toArray();
    for (List<String> each : drivers()) {
      done(evaluateBy(each, "by" + each, args));
    }
    assertEquals(
        OutputFiles.checksums(folder.resolve("by" + LOCAL)),
        OutputFiles.checksums(folder.resolve("by" + BEAM)));
  }

  /** The figures of the sample, byte by byte, which other runners are held to as well. */
  @Test
  void theSampleComesOutAsEver() throws Exception {
    done(evaluate("sample", "--scores", SCORES, "--shards=3", "--threshold=kfold"));
    List<String> digests = new ArrayList<>();
    for (String name :
        List.of(
            "metrics.json",
            "report.html",
            "scores/part-00000-of-00003.jsonl",
            "scores/part-00001-of-00003.jsonl",
            "scores/part-00002-of-00003.jsonl")) {
      byte[] file =
          Files.readString(folder.resolve("sample").resolve(name))
              .replaceFirst("  \"tool\" : .*\n", "")
              .getBytes(StandardCharsets.UTF_8);
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(file);
      digests.add(HexFormat.of().formatHex(sha256) + "  " + name);
    }
    Path expected = Path.of("src/test/resources/evaluated-sample.sha256");
    assertEquals(Files.readString(expected), String.join("\n", digests) + "\n");
  }

  @Test
  void thresholdsComeFromWhereTheyAreAskedFor() throws IOException {
    done(evaluate("kfold", "--scores", SCORES, "--threshold=kfold", "--folds=3"));
    assertEquals(3, metrics("kfold").at("/threshold/folds").size());
    done(evaluate("optimum", "--scores", SCORES, "--threshold=optimum"));
    double optimum =
        metrics("optimum").at("/optimum/best_threshold_micro_over_sources/threshold").asDouble();
    assertEquals(optimum, metrics("optimum").at("/overall/threshold_used").asDouble());
    done(
        evaluate(
            "calibrated",
            "--scores",
            SCORES,
            "--threshold=calibration",
            "--calibration",
            folder.resolve("optimum")));
    assertEquals(optimum, metrics("calibrated").at("/overall/threshold_used").asDouble());
  }

  @Test
  void aCompleteFolderIsLeftAloneUnlessForced() throws IOException {
    done(evaluate("complete", "--scores", SCORES));
    Map<String, String> before = OutputFiles.checksums(folder.resolve("complete"));
    Cli again = evaluate("complete", "--scores", SCORES);
    done(again);
    assertTrue(again.out().contains("complete and up to date, nothing to do"), again.out());
    Cli other = evaluate("complete", "--scores", SCORES, "--threshold=0.6");
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("holds the outcome of another run"), other.err());
    assertEquals(before, OutputFiles.checksums(folder.resolve("complete")));
    done(evaluate("complete", "--scores", SCORES, "--threshold=0.6", "--force"));
    assertNotEquals(before, OutputFiles.checksums(folder.resolve("complete")));
    Files.writeString(Files.createDirectories(folder.resolve("mine")).resolve("thesis.txt"), "x");
    Cli foreign = evaluate("mine", "--scores", SCORES, "--force");
    assertEquals(2, foreign.exitCode());
    assertTrue(foreign.err().contains("thesis.txt"), foreign.err());
  }

  @Test
  void aWrongCommandLineIsToldInOneLine() {
    refused("name --checkpoint and --annotations");
    refused("name one of them", "--scores", SCORES, "--checkpoint", "x", "--annotations", "y");
    refused("--annotations is missing", "--checkpoint", "x");
    refused("--threshold must be between 0 and 1", "--scores", SCORES, "--threshold=2");
    refused("--threshold must be a number, reference", "--scores", SCORES, "--threshold=best");
    refused("needs --calibration", "--scores", SCORES, "--threshold=calibration");
    refused("no scores at none: there is no such file or folder", "--scores", "none");
  }

  private void refused(String reason, Object... args) {
    Cli cli = evaluate("refused", args);
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(reason), cli.err());
    assertEquals(1, cli.err().lines().count(), cli.err());
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  @Test
  void theReportStandsAlone() throws IOException {
    done(score("reported", BENCHMARK, "reported"));
    String report = Files.readString(folder.resolve("reported/report.html"));
    for (String text :
        List.of("Macro-F1 by source", "ROC", "Calibration", "Scores by label", "data:image/jpeg")) {
      assertTrue(report.contains(text), text);
    }
    assertFalse(report.matches("(?s).*(src|href)=\"(?!data:).*"), "something is fetched");
    assertFalse(report.contains("<script"), "there is a script");
  }
}
