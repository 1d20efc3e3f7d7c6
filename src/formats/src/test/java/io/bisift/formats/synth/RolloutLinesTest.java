package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutLinesTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static final List<JsonNode> records = new ArrayList<>();
  private static final StringBuilder raw = new StringBuilder();
  private static Map<String, String> contents;

  @BeforeAll
  static void makeCorpus() throws Exception {
    Corpora.write(Corpora.small(), folder);
    contents = Corpora.read(folder);
    for (String content : contents.values()) {
      String text = utf8(content);
      raw.append(text);
      for (String line : Corpora.lines(text).toList()) {
        records.add(JSON.readTree(line));
      }
    }
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void haveTheFieldsOfPublishedRecordsInTheirOrder() {
    for (JsonNode record : records) {
      assertEquals(
          List.of(
              "image",
              "question",
              "answer",
              "response",
              "steps_with_score",
              "num_mc_sequences",
              "question_orig"),
          names(record));
      record
          .get("steps_with_score")
          .forEach(
              step ->
                  assertEquals(
                      List.of("step", "score", "num_mc_correct", "num_mc_total"), names(step)));
    }
  }

  @Test
  void haveTwoImagesWhereTheSourceIsNlvr2() throws Exception {
    JsonNode first =
        JSON.readTree(
            Corpora.lines(contents.get("nlvr2_en_20240402_extracted.jsonl"))
                .findFirst()
                .orElseThrow());

    assertEquals(
        "[\"images/train-0-img0.png\",\"images/train-0-img1.png\"]", first.get("image").toString());
    assertEquals(53, records.stream().filter(record -> record.get("image").isArray()).count());
  }

  @Test
  void repeatTheirStepsInTheResponse() {
    for (JsonNode record : records) {
      List<String> steps = new ArrayList<>();
      record.get("steps_with_score").forEach(step -> steps.add(step.get("step").asText()));
      assertEquals(String.join("\n", steps), record.get("response").asText());
      assertTrue(steps.get(steps.size() - 1).startsWith("Final answer: "));
    }
  }

  @Test
  void endTheQuestionWithTheOriginalOne() {
    for (JsonNode record : records) {
      assertTrue(record.get("question").asText().endsWith(record.get("question_orig").asText()));
    }
  }

  @Test
  void scoreWhatTheCountsSay() {
    for (JsonNode record : records) {
      for (JsonNode step : record.get("steps_with_score")) {
        assertEquals(step.get("num_mc_correct").asInt() / 16.0, step.get("score").asDouble());
      }
    }
  }

  @Test
  void stayWrongFromTheFirstWrongStepOn() {
    for (JsonNode record : records) {
      boolean wrong = false;
      for (JsonNode step : record.get("steps_with_score")) {
        boolean right = step.get("score").asDouble() > 0;
        assertTrue(!wrong || !right, record::toString);
        wrong |= !right;
      }
    }
  }

  @Test
  void haveTheOddCharactersOfRealOnesRawAndEscaped() {
    for (String odd :
        List.of(
            "≈",
            "\\u2248",
            "°",
            "\\u00b0",
            "×",
            "π",
            "∠",
            "√",
            "答案",
            "\\u7b54",
            "😀",
            "\\ud83d\\ude00",
            "\\\"quoted\\\"",
            "$\\\\sqrt{2}$",
            "\\t",
            "?\\nA. ")) {
      assertTrue(raw.indexOf(odd) >= 0, odd);
    }
  }

  @Test
  void areEitherAllEscapedOrNotAtAll() {
    for (String line : Corpora.lines(raw.toString()).toList()) {
      assertTrue(!line.contains("\\u") || line.chars().allMatch(c -> c < 0x80), line);
    }
  }
}
