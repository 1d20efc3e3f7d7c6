package io.bisift.core.evaluation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.PythonText;
import io.bisift.core.text.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, taken as what they should be or refused in words. */
public final class Fields {
  private static final int MAX_DEPTH = 1000;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  /**
   * The object in {@code buffer[from, to)}.
   *
   * @return null if there is only white space
   * @throws RejectedRecordException if there is something else
   */
  public static @Nullable Fields parse(byte[] buffer, int from, int to)
      throws RejectedRecordException {
    int invalid = Utf8.firstInvalid(buffer, from, to);
    if (invalid >= 0) {
      throw new RejectedRecordException(
          Defect.INVALID_UTF8, "not valid UTF-8 at byte " + (invalid - from + 1) + " of the line");
    }
    int start = PythonText.stripStart(buffer, from, to);
    int end = PythonText.stripEnd(buffer, start, to);
    if (start == end) {
      return null;
    }
    JsonNode node;
    try {
      node = JSON.readTree(buffer, start, end - start);
    } catch (StreamConstraintsException e) {
      throw new RejectedRecordException(Defect.TOO_DEEP, "nested more than " + MAX_DEPTH + " deep");
    } catch (JacksonException e) {
      String cause = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new RejectedRecordException(Defect.INVALID_JSON, "not JSON: " + cause);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
    if (!node.isObject()) {
      throw new RejectedRecordException(Defect.NOT_AN_OBJECT, "not a JSON object");
    }
    return new Fields(node);
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** An object inside; one without fields where there is none. */
  Fields inside(String name) throws RejectedRecordException {
    JsonNode node = object.path(name);
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      throw new RejectedRecordException(Defect.NOT_AN_OBJECT, name + " is not an object");
    }
    return new Fields(node.isObject() ? node : MissingNode.getInstance());
  }

  /** A string, or the fallback where it is missing or null. */
  String text(String name, String fallback) throws RejectedRecordException {
    return has(name) ? string(object.get(name), name, Defect.INVALID_JSON) : fallback;
  }

  /** A string or a number as text; null where it is missing or null. */
  @Nullable String word(String name) throws RejectedRecordException {
    JsonNode node = object.path(name);
    return node.isNumber()
        ? node.asText()
        : has(name) ? string(node, name, Defect.INVALID_JSON) : null;
  }

  /** A list of strings, or a string that stands for a list of one; none where it is missing. */
  List<String> texts(String name, Defect defect) throws RejectedRecordException {
    List<String> texts = new ArrayList<>();
    JsonNode node = object.path(name);
    if (node.isTextual()) {
      texts.add(string(node, name, defect));
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        texts.add(string(element, name + " " + (texts.size() + 1), defect));
      }
    } else if (has(name)) {
      throw new RejectedRecordException(defect, name + " is not a list of strings");
    }
    return texts;
  }

  private static String string(JsonNode node, String what, Defect defect)
      throws RejectedRecordException {
    if (!node.isTextual()) {
      throw new RejectedRecordException(defect, what + " is not a string");
    }
    if (PythonText.hasLoneSurrogate(node.textValue())) {
      throw new RejectedRecordException(
          Defect.LONE_SURROGATE, what + " has half of a surrogate pair");
    }
    return node.textValue();
  }

  /** Labels of steps: 1, 0 or -1 each. */
  byte[] labels(String name) throws RejectedRecordException {
    JsonNode node = object.path(name);
    if (!node.isArray()) {
      throw new RejectedRecordException(Defect.NO_LABEL, name + " is missing or not a list");
    }
    byte[] labels = new byte[node.size()];
    for (int i = 0; i < labels.length; i++) {
      JsonNode label = node.get(i);
      double value = label.isNumber() ? label.doubleValue() : Double.NaN;
      if (value != 1 && value != 0 && value != -1) {
        throw new RejectedRecordException(
            Defect.NO_LABEL, "the label of step " + (i + 1) + " is " + label + ", not 1, 0 or -1");
      }
      labels[i] = (byte) value;
    }
    return labels;
  }

  /** Scores of steps: a list of numbers, or the first of a list of such lists. */
  double[] scores(String name) throws RejectedRecordException {
    JsonNode node = object.path(name);
    if (!node.isArray()) {
      throw new RejectedRecordException(Defect.NO_SCORE, name + " is missing or not a list");
    }
    JsonNode list = !node.isEmpty() && node.get(0).isArray() ? node.get(0) : node;
    double[] scores = new double[list.size()];
    for (int i = 0; i < scores.length; i++) {
      if (!list.get(i).isNumber()) {
        throw new RejectedRecordException(
            Defect.NO_SCORE, "the score of step " + (i + 1) + " is no number");
      }
      scores[i] = list.get(i).doubleValue();
    }
    return scores;
  }

  /** A yes or no. */
  boolean truth(String name) throws RejectedRecordException {
    JsonNode node = object.path(name);
    if (!node.isBoolean()) {
      throw new RejectedRecordException(Defect.NO_LABEL, name + " is not true or false");
    }
    return node.booleanValue();
  }
}
