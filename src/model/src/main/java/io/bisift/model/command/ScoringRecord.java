package io.bisift.model.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.text.PythonText;
import io.bisift.core.text.Utf8;
import io.bisift.model.input.UnusableRecordException;
import io.bisift.model.text.RecordText;
import io.bisift.model.text.UnclearStepsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of records: a training record, or an item of VisualProcessBench.
 *
 * @param id {@code FILE:LINE}
 * @param question as it stands
 * @param steps at least one
 * @param images below the image root
 * @param node the record
 */
record ScoringRecord(
    String id, String question, List<String> steps, List<String> images, JsonNode node) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final String QUESTION = "Question: ";
  private static final String PROCESS = "\nProcess: ";

  /** Whether there is nothing in a line. */
  static boolean isBlank(byte[] buffer, int from, int to) {
    return Utf8.firstInvalid(buffer, from, to) < 0 && PythonText.stripStart(buffer, from, to) == to;
  }

  static ScoringRecord parse(String id, byte[] buffer, int from, int to)
      throws UnusableRecordException {
    if (Utf8.firstInvalid(buffer, from, to) >= 0) {
      throw new UnusableRecordException("not valid UTF-8");
    }
    JsonNode node;
    try {
      node = JSON.readTree(buffer, from, to - from);
    } catch (JacksonException e) {
      throw new UnusableRecordException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
    if (node.has("conversations")) {
      return training(id, node);
    } else if (node.has("response")) {
      return benchmark(id, node);
    }
    throw new UnusableRecordException(
        "neither a training record (conversations) nor an item of VisualProcessBench (response)");
  }

  private static ScoringRecord training(String id, JsonNode node) throws UnusableRecordException {
    String text = null;
    int labels = -1;
    for (JsonNode turn : node.path("conversations")) {
      if (turn.path("from").asText().equals("human") && turn.path("value").isTextual()) {
        text = turn.path("value").textValue();
      } else if (turn.path("from").asText().equals("gpt") && turn.path("value").isArray()) {
        labels = turn.path("value").size();
      }
    }
    if (text == null || labels < 0) {
      throw new UnusableRecordException("conversations lack a human text or a gpt list of labels");
    }
    RecordText parts;
    try {
      parts = RecordText.split(text, labels);
    } catch (UnclearStepsException e) {
      throw new UnusableRecordException(e.getMessage());
    }
    String first = parts.parts().get(0);
    int process = first.indexOf(PROCESS);
    if (!first.startsWith(QUESTION) || process < 0) {
      throw new UnusableRecordException("the human text is not 'Question: …\\nProcess: …'");
    }
    List<String> steps = new ArrayList<>();
    steps.add(first.substring(process + PROCESS.length()));
    steps.addAll(parts.parts().subList(1, parts.parts().size()));
    return new ScoringRecord(
        id, first.substring(QUESTION.length(), process), steps, images(node), node);
  }

  private static ScoringRecord benchmark(String id, JsonNode node) throws UnusableRecordException {
    List<String> steps = texts(node.path("response").path("steps"), "response.steps");
    if (steps.isEmpty()) {
      throw new UnusableRecordException("response.steps is missing or empty");
    }
    int labels = node.path("response").path("process_correctness").size();
    if (labels != steps.size()) {
      throw new UnusableRecordException(labels + " labels for " + steps.size() + " steps");
    }
    if (!node.path("question").isTextual()) {
      throw new UnusableRecordException("the question is missing or no string");
    }
    return new ScoringRecord(id, node.path("question").textValue(), steps, images(node), node);
  }

  private static List<String> images(JsonNode node) throws UnusableRecordException {
    JsonNode image = node.hasNonNull("image") ? node.path("image") : node.path("images");
    return image.isTextual() ? List.of(image.textValue()) : texts(image, "image");
  }

  private static List<String> texts(JsonNode list, String field) throws UnusableRecordException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list) {
      if (!element.isTextual()) {
        throw new UnusableRecordException(field + " holds something else than strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /**
   * Appends the line with the scores. An item of the benchmark has the names that its evaluation
   * reads ({@code bisift evaluate --scores}), a training record its labels.
   */
  void appendTo(JsonBytes json, List<Double> scores) {
    json.raw("{\"id\": ").string(id);
    if (node.has("response")) {
      json.raw(", \"data_source\": ").string(node.path("data_source").asText("UNKNOWN"));
      json.raw(", \"labels_per_step\": [");
      appendNumbers(node.path("response").path("process_correctness"), json);
    } else {
      json.raw(", \"labels\": [");
      appendNumbers(node.path("conversations").path(1).path("value"), json);
    }
    json.raw("], \"prm_scores\": [[");
    for (int i = 0; i < scores.size(); i++) {
      json.raw(i == 0 ? "" : ", ").number(scores.get(i));
    }
    json.raw("]], \"question\": ").string(question).raw(", \"steps\": [");
    appendTexts(steps.stream().map(PythonText::strip).toList(), json);
    json.raw("], \"image\": [");
    appendTexts(images, json);
    json.raw("]}");
  }

  private static void appendNumbers(JsonNode list, JsonBytes json) {
    String separator = "";
    for (JsonNode number : list) {
      json.raw(separator).raw(number.toString());
      separator = ", ";
    }
  }

  private static void appendTexts(List<String> texts, JsonBytes json) {
    for (int i = 0; i < texts.size(); i++) {
      json.raw(i == 0 ? "" : ", ").string(texts.get(i));
    }
  }

  /** Appends the line of a record that has no scores. */
  static void appendRejected(JsonBytes json, String id, String reason) {
    json.raw("{\"id\": ").string(id).raw(", \"rejected\": ").string(reason).raw("}");
  }
}
