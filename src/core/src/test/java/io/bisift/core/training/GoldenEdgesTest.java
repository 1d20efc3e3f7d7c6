package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.TestData;
import io.bisift.core.rollout.RejectedRecordException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every line of the odd corpus, against what the reference implementation made of it. */
class GoldenEdgesTest {
  private static final RecordConverter HARD = Conversions.leavingOut(LabelRule.hard(0));
  private static final RecordConverter SOFT = Conversions.leavingOut(LabelRule.soft());

  private final List<String[]> expected = TestData.table("/golden/edges-convert.tsv.gz");
  private final Map<String, List<byte[]>> files = new HashMap<>();

  private byte[] line(String[] row) {
    return files
        .computeIfAbsent(row[0], file -> TestData.lines("/golden/edges/" + file + ".gz"))
        .get(Integer.parseInt(row[1]));
  }

  /** The JSON, or "blank", or the defect. */
  private String outcome(String[] row, RecordConverter converter) {
    try {
      String json = Conversions.convert(line(row), converter);
      return json == null ? "blank" : json;
    } catch (RejectedRecordException e) {
      return e.defect().name();
    }
  }

  @Test
  void theTableTellsOfEveryLine() {
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (String[] row : expected) {
      assertEquals(Integer.toString(lines.merge(row[0], 1, Integer::sum) - 1), row[1], row[0]);
    }
    assertEquals(10, lines.size());
    lines.forEach(
        (file, count) -> {
          int physical = TestData.lines("/golden/edges/" + file + ".gz").size();
          assertEquals(physical, count, file);
        });
  }

  @Test
  void convertsWhatTheReferenceConvertsToTheSameBytes() {
    int converted = 0;
    for (String[] row : expected) {
      if (row[2].equals("converted")) {
        String where = row[0] + ":" + row[1];
        assertEquals(row[3], outcome(row, HARD), where);
        assertEquals(row[4], outcome(row, SOFT), where);
        converted++;
      }
    }
    assertEquals(314, converted);
  }

  @Test
  void rejectsWhatTheReferenceSkips() {
    Map<String, String> skipped = new LinkedHashMap<>();
    for (String[] row : expected) {
      if (row[2].equals("skipped")) {
        assertEquals(outcome(row, HARD), outcome(row, SOFT));
        skipped.put(row[0] + ":" + row[1], outcome(row, HARD));
      }
    }
    assertEquals(
        Map.of(
            "b_odd.jsonl:3", "NO_STEPS",
            "b_odd.jsonl:27", "NO_IMAGE",
            "b_odd.jsonl:33", "NO_STEPS",
            "b_odd.jsonl:50", "NO_IMAGE",
            "b_odd.jsonl:69", "NO_IMAGE",
            "b_odd.jsonl:74", "NO_SCORE",
            "b_odd.jsonl:83", "NO_IMAGE",
            "b_odd.jsonl:98", "NO_STEPS"),
        skipped);
  }

  @Test
  void whereTheReferenceCrashesALineIsBlankOrRejectedOrReadSensibly() {
    Map<String, String> crashes = new LinkedHashMap<>();
    for (String[] row : expected) {
      if (row[2].equals("crash")) {
        crashes.put(row[0] + ":" + row[1], outcome(row, SOFT));
      }
    }
    String withoutTheStepWhoseScoreIsAbc =
        "{\"image\": \"VisualPRM400K-v1.1-Raw/x/237.png\", \"conversations\": [{\"from\": \"human\","
            + " \"value\": \"Question: q 237\\nProcess: b<prm>\"}, {\"from\": \"gpt\", \"value\":"
            + " [0.5]}]}";
    assertEquals(
        Map.ofEntries(
            Map.entry("b_odd.jsonl:15", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:29", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:31", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:51", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:63", "blank"),
            Map.entry("b_odd.jsonl:68", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:72", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:78", "blank"),
            Map.entry("b_odd.jsonl:99", "blank"),
            Map.entry("b_odd.jsonl:102", "INVALID_JSON"),
            Map.entry("b_odd.jsonl:108", withoutTheStepWhoseScoreIsAbc),
            Map.entry("g_all_invalid.jsonl:0", "blank"),
            Map.entry("g_all_invalid.jsonl:1", "INVALID_JSON"),
            Map.entry("g_all_invalid.jsonl:2", "INVALID_JSON")),
        crashes);
  }
}
