package io.bisift.pipelines.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  @TempDir Path folder;

  private Path evaluated(String name, String threshold) {
    Path output = folder.resolve(name);
    Cli cli =
        Cli.run(
            "evaluate",
            "--scores",
            "sample/scores.jsonl",
            "--output",
            output,
            "--threshold",
            threshold);
    assertEquals(0, cli.exitCode(), cli.err());
    return output;
  }

  @Test
  void differencesAreThoseOfTheFigures() throws IOException {
    Path first = evaluated("run-100", "0.5");
    Path second = evaluated("run-200", "0.05");
    Path same = evaluated("again", "0.5");
    Path json = folder.resolve("compare.json");
    Path report = folder.resolve("compare.html");
    Cli cli = Cli.run("compare", first, second, same, "--json", json, "--report", report);
    assertEquals(0, cli.exitCode(), cli.err());
    assertEquals(4, cli.out().lines().count(), cli.out());
    JsonNode rows = new ObjectMapper().readTree(Files.readString(json)).get("rows");
    assertEquals("run", rows.at("/1/series").asText());
    assertEquals(200, rows.at("/1/step").asInt());
    assertEquals(
        rows.at("/1/micro_over_sources").asDouble() - rows.at("/0/micro_over_sources").asDouble(),
        rows.at("/1/differences/micro_over_sources/value").asDouble(),
        1e-12);
    assertEquals(0, rows.at("/1/differences/micro_over_sources/share").asDouble());
    assertEquals(0, rows.at("/2/differences/micro_over_sources/value").asDouble());
    assertEquals(0, rows.at("/2/differences/micro_over_sources/interval/high").asDouble());
    assertEquals(0.5, rows.at("/2/differences/micro_over_sources/share").asDouble());
    assertTrue(Files.readString(report).contains("Learning curve"));
  }

  /** Each item of a k-fold run is judged at its fold's threshold, as it was then. */
  @Test
  void foldsAreDealtAgain() throws IOException {
    Path fixed = evaluated("fixed", "0.5");
    Path folds = evaluated("folds", "kfold");
    for (Path[] runs : new Path[][] {{fixed, folds}, {folds, fixed}}) {
      Path json = folder.resolve("compare.json");
      Cli cli = Cli.run("compare", runs[0], runs[1], "--json", json);
      assertEquals(0, cli.exitCode(), cli.err());
      JsonNode rows = new ObjectMapper().readTree(Files.readString(json)).get("rows");
      for (String figure : List.of("micro_over_sources", "macro_f1_pooled")) {
        double difference = rows.at("/1/" + figure).asDouble() - rows.at("/0/" + figure).asDouble();
        assertNotEquals(0, difference);
        String name = figure.equals("macro_f1_pooled") ? "pooled_macro_f1" : figure;
        assertEquals(
            difference, rows.at("/1/differences/" + name + "/value").asDouble(), 1e-12, figure);
      }
    }
  }

  @Test
  void runsMustBeThere() {
    Cli one = Cli.run("compare", evaluated("one", "0.5"));
    assertEquals(2, one.exitCode());
    assertTrue(one.err().contains("name at least two runs"), one.err());
    Cli none = Cli.run("compare", folder.resolve("none"), folder.resolve("one"));
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("holds no complete evaluation"), none.err());
  }
}
