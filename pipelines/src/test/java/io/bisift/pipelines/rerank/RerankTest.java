package io.bisift.pipelines.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.pipelines.Annotations;
import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerankTest {
  private static final Path CANDIDATES = Path.of("sample/candidates.jsonl");

  @TempDir Path folder;

  private static void done(Cli cli) {
    assertEquals(0, cli.exitCode(), cli.err());
  }

  private JsonNode metrics(String output) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(folder.resolve(output).resolve("metrics.json")));
  }

  @Test
  void theSampleHasCurvesForAllWaysToChoose() throws IOException {
    Path output = folder.resolve("sample");
    Cli cli = Cli.run("rerank", "--candidates", CANDIDATES, "--output", output);
    done(cli);
    assertTrue(cli.out().contains("24 problems, 192 candidates (8 to 8 each)"), cli.out());
    JsonNode curves = metrics("sample").get("curves");
    assertEquals(10, curves.size());
    double one = curves.at("/mean/0/accuracy").asDouble();
    assertEquals(one, curves.at("/pass/0/accuracy").asDouble(), 1e-12);
    for (JsonNode curve : curves) {
      assertEquals(4, curve.size());
      assertTrue(
          curve.get(3).get("accuracy").asDouble()
              <= curves.at("/pass/3/accuracy").asDouble() + 1e-12);
    }
    Path other = folder.resolve("other");
    done(Cli.run("rerank", "--candidates", CANDIDATES, "--output", other, "--targetParallelism=4"));
    assertEquals(OutputFiles.checksums(output), OutputFiles.checksums(other), "with Beam");
  }

  @Test
  void aModelScoresWhatHasNoScores() throws IOException {
    String candidate =
        "{\"problem\": 1, \"question\": \"q\", \"steps\": [\"a\"], \"answer\": 4, \"correct\":"
            + " true}";
    Path file =
        Annotations.write(
            folder.resolve("in/candidates.jsonl"),
            candidate,
            candidate.replace("\"a\"", "\"b\"").replace("true", "false"),
            candidate.replace("[\"a\"]", "[]"),
            candidate.replace("true", "\"yes\""));
    done(
        Cli.run(
            "rerank",
            "--candidates",
            file,
            "--output",
            folder.resolve("out"),
            "--checkpoint",
            "reranked"));
    assertEquals(1, metrics("out").get("problems").asInt());
    assertEquals(2, metrics("out").get("candidates").asInt());
    assertEquals(2, metrics("out").at("/rejected/items").asInt());
    assertEquals(0.5, metrics("out").at("/curves/mean/0/accuracy").asDouble());
    assertEquals(1, metrics("out").at("/curves/pass/1/accuracy").asDouble());
    Path scores = folder.resolve("out/scores/part-00000-of-00001.jsonl");
    assertEquals(2, Files.readAllLines(scores).size());
    done(Cli.run("rerank", "--candidates", scores, "--output", folder.resolve("again")));
    assertEquals(metrics("out").get("curves"), metrics("again").get("curves"));
  }
}
