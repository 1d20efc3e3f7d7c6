package io.bisift.core.training;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Step;
import io.bisift.core.text.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One training example: pictures, question and steps, each step with text and score, and the labels
 * the steps are trained towards.
 *
 * <p>Its JSON form is the reference's, to the byte: {@code {"image": …, "conversations": [{"from":
 * "human", "value": "Question: …\nProcess: s1<prm>\n\ns2<prm>"}, {"from": "gpt", "value": [1.0,
 * 0.0]}]}}.
 */
public record TrainingRecord(
    Images images, String question, List<Step> steps, List<Double> labels) {
  static final byte[] IMAGE = ascii("{\"image\": ");
  static final byte[] HUMAN =
      ascii(", \"conversations\": [{\"from\": \"human\", \"value\": \"Question: ");
  static final byte[] PROCESS = ascii("\\nProcess: ");
  static final byte[] STEP_END = ascii("<prm>");
  static final byte[] STEP_BREAK = ascii("\\n\\n");
  static final byte[] GPT = ascii("\"}, {\"from\": \"gpt\", \"value\": [");
  static final byte[] END = ascii("]}]}");
  static final byte[] COMMA = ascii(", ");

  public TrainingRecord {
    steps = List.copyOf(steps);
    labels = List.copyOf(labels);
    if (steps.size() != labels.size()) {
      throw new IllegalArgumentException(steps.size() + " steps, " + labels.size() + " labels");
    }
  }

  /** Appends the record as one JSON object, without a line end. */
  public void appendTo(JsonBytes json) {
    json.raw(IMAGE);
    appendImages(images, json);
    json.raw(HUMAN).escaped(question).raw(PROCESS);
    for (int i = 0; i < steps.size(); i++) {
      String text = steps.get(i).text();
      if (text == null) {
        throw new IllegalStateException("step " + (i + 1) + " of a training record has no text");
      }
      if (i > 0) {
        json.raw(STEP_BREAK);
      }
      json.escaped(text).raw(STEP_END);
    }
    json.raw(GPT);
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        json.raw(COMMA);
      }
      json.number(labels.get(i));
    }
    json.raw(END);
  }

  static void appendImages(Images images, JsonBytes json) {
    if (!images.list()) {
      json.string(images.names().get(0));
      return;
    }
    json.raw("[");
    for (int i = 0; i < images.names().size(); i++) {
      if (i > 0) {
        json.raw(COMMA);
      }
      json.string(images.names().get(i));
    }
    json.raw("]");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
