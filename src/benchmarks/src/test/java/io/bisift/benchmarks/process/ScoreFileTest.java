package io.bisift.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void linesAndArrayHoldTheSameStepsAsManyAsAreAskedFor() throws IOException {
    Path lines = folder.resolve("scores.jsonl");
    Path array = folder.resolve("scores.json");
    ScoreFile.write(lines, 1000, 3);
    ScoreFile.write(array, 1000, 3);
    List<JsonNode> items = new ArrayList<>();
    int steps = 0;
    for (String line : Files.readAllLines(lines)) {
      JsonNode item = JSON.readTree(line);
      assertEquals(item.get("labels_per_step").size(), item.at("/prm_scores/0").size());
      for (JsonNode score : item.at("/prm_scores/0")) {
        assertTrue(score.asDouble() >= 0 && score.asDouble() <= 1, score.toString());
        steps++;
      }
      items.add(item);
    }
    assertEquals(1000, steps);
    assertEquals(JSON.valueToTree(items), JSON.readTree(array.toFile()));
  }
}
