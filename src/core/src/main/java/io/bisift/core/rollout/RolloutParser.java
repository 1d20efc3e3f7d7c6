package io.bisift.core.rollout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.bisift.core.text.PythonFloat;
import io.bisift.core.text.PythonText;
import io.bisift.core.text.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of an annotation file in the dialect of Python's {@code json.loads}: strict UTF-8,
 * {@code NaN} and {@code Infinity} as values, the last of equal keys wins, numbers and strings of
 * any length, nesting to {@value #MAX_DEPTH}. Fields that are not used may hold anything.
 *
 * <p>Stateless and thread-safe.
 */
public final class RolloutParser {
  /** How deep containers may nest; Python's recursion limit. */
  public static final int MAX_DEPTH = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.CHARSET_DETECTION) // else a NUL byte makes it UTF-16
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** What Jackson's messages say of its own locations and features. */
  private static final Pattern NOT_FOR_USERS =
      Pattern.compile(
          " \\(start marker at .*| \\(for (Object|Array) starting at .*"
              + "|: (was expecting|expected a valid value) \\(JSON .*|: enable `.*|: maybe a .*",
          Pattern.DOTALL);

  private RolloutParser() {}

  /** {@link #parse(byte[], int, int)} for text that is at hand as a string. */
  public static @Nullable Rollout parse(String line) throws RejectedRecordException {
    if (PythonText.hasLoneSurrogate(line)) {
      throw new RejectedRecordException(Defect.INVALID_UTF8, "not valid UTF-8: a lone surrogate");
    }
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * The rollout in {@code buffer[from, to)}, a line without its terminator.
   *
   * @return null if the line is blank: no record
   * @throws RejectedRecordException if it is a record that cannot be ranked
   */
  public static @Nullable Rollout parse(byte[] buffer, int from, int to)
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
    try {
      return read(JSON.createParser(buffer, start, end - start));
    } catch (StreamReadException e) {
      byte[] masked = Arrays.copyOfRange(buffer, start, end);
      if (!SurrogateNames.mask(masked)) {
        throw notJson(e, start - from);
      }
      try {
        return read(JSON.createParser(masked));
      } catch (StreamReadException maskedToo) {
        throw notJson(maskedToo, start - from);
      } catch (IOException maskedToo) {
        throw new UncheckedIOException("reading from memory cannot fail", maskedToo);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  private static RejectedRecordException notJson(StreamReadException e, int trimmed) {
    String cause = NOT_FOR_USERS.matcher(e.getOriginalMessage()).replaceFirst("");
    return new RejectedRecordException(
        Defect.INVALID_JSON,
        "not JSON at byte "
            + (trimmed + e.getLocation().getColumnNr())
            + " of the line: "
            // Jackson may quote half of a surrogate pair, which UTF-8 cannot hold
            + new String(cause.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  private static Rollout read(JsonParser parser) throws IOException, RejectedRecordException {
    try (JsonParser json = parser) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        String kind = kind(json);
        skip(json);
        requireEnd(json);
        throw new RejectedRecordException(Defect.NOT_AN_OBJECT, kind + ", not an object");
      }
      Fields fields = new Fields();
      fields.read(json);
      requireEnd(json);
      return fields.rollout();
    } catch (StreamConstraintsException e) {
      throw new RejectedRecordException(Defect.TOO_DEEP, "nested more than " + MAX_DEPTH + " deep");
    }
  }

  private static void requireEnd(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new JsonParseException(
          json, "more text behind the first value", json.currentTokenLocation());
    }
  }

  /** Moves from the first to the last token of a value, checking what Jackson lets through. */
  private static void skip(JsonParser json) throws IOException {
    int depth = 0;
    for (JsonToken token = json.currentToken(); ; token = json.nextToken()) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        checkNumber(json);
      }
      if (depth == 0) {
        return;
      }
    }
  }

  /** Jackson takes {@code INF}, {@code +Infinity} and the like for numbers; Python does not. */
  private static void checkNumber(JsonParser json) throws IOException {
    if (json.isNaN()) {
      String text = json.getText();
      if (!text.equals("NaN") && !text.equals("Infinity") && !text.equals("-Infinity")) {
        throw new JsonParseException(
            json, "unknown number '" + text + "'", json.currentTokenLocation());
      }
    }
  }

  /** What the current token begins, for a message. */
  private static String kind(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }

  /** A question field: its text, or what Python's {@code or} makes of another value. */
  private record Question(@Nullable String text, boolean falsy) {
    static final Question MISSING = new Question("", true);

    static Question read(JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        String text = json.getText();
        return new Question(text, text.isEmpty());
      }
      return isFalsy(json) ? MISSING : new Question(null, false);
    }

    private static boolean isFalsy(JsonParser json) throws IOException {
      boolean empty =
          switch (json.currentToken()) {
            case VALUE_NULL, VALUE_FALSE -> true;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
              checkNumber(json);
              yield Double.parseDouble(json.getText()) == 0;
            }
            default -> false;
          };
      if (json.currentToken().isStructStart()) {
        json.nextToken();
        if (json.currentToken().isStructEnd()) {
          return true;
        }
        skipToParentEnd(json);
      }
      return empty;
    }
  }

  /** From some token directly inside a container to the container's end. */
  private static void skipToParentEnd(JsonParser json) throws IOException {
    while (!json.currentToken().isStructEnd()) {
      skip(json);
      json.nextToken();
    }
  }

  /** The fields of one record, as the last of equal keys left them. */
  private static final class Fields {
    private Images images = Images.unusable("missing");
    private Question questionOrig = Question.MISSING;
    private Question question = Question.MISSING;
    private List<Step> steps = List.of();
    private @Nullable RejectedRecordException stepsDefect =
        new RejectedRecordException(Defect.NO_STEPS, "steps_with_score is missing");

    void read(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "image" -> images = readImages(json);
          case "question_orig" -> questionOrig = Question.read(json);
          case "question" -> question = Question.read(json);
          case "steps_with_score" -> readSteps(json);
          default -> skip(json);
        }
      }
    }

    private static Images readImages(JsonParser json) throws IOException {
      switch (json.currentToken()) {
        case VALUE_NULL -> {
          return Images.unusable("null");
        }
        case VALUE_STRING -> {
          String name = json.getText();
          return name.isEmpty() ? Images.unusable("empty") : Images.one(name);
        }
        case START_ARRAY -> {
          List<String> names = new ArrayList<>();
          String other = null;
          while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
              names.add(json.getText());
            } else {
              other = kind(json);
              skip(json);
            }
          }
          if (other != null) {
            return Images.unusable("a list with " + other + " in it, not a list of strings");
          }
          return names.isEmpty() ? Images.unusable("empty") : Images.several(names);
        }
        default -> {
          String kind = kind(json);
          skip(json);
          return Images.unusable(kind + ", not a string or a list of strings");
        }
      }
    }

    private void readSteps(JsonParser json) throws IOException {
      stepsDefect = null;
      steps = new ArrayList<>();
      if (json.currentToken() != JsonToken.START_ARRAY) {
        String kind = kind(json);
        skip(json);
        rejectSteps(
            Defect.NO_STEPS,
            "steps_with_score is " + kind + (kind.equals("null") ? "" : ", not a list"));
        return;
      }
      int count = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        count++;
        if (json.currentToken() == JsonToken.START_OBJECT) {
          steps.add(readStep(json));
        } else {
          rejectSteps(Defect.NO_STEPS, "step " + count + " is " + kind(json) + ", not an object");
          skip(json);
        }
      }
      if (count == 0) {
        rejectSteps(Defect.NO_STEPS, "steps_with_score is empty");
      }
    }

    private static Step readStep(JsonParser json) throws IOException {
      String text = null;
      Double score = null;
      Long mcCorrect = null;
      Long mcTotal = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "step" -> text = readText(json);
          case "score" -> score = readScore(json);
          case "num_mc_correct" -> mcCorrect = readCount(json);
          case "num_mc_total" -> mcTotal = readCount(json);
          default -> skip(json);
        }
      }
      return new Step(text, score, mcCorrect, mcTotal);
    }

    private static @Nullable String readText(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        skip(json);
        return null;
      }
      String text = PythonText.strip(json.getText());
      return text.isEmpty() ? null : text;
    }

    private static @Nullable Double readScore(JsonParser json) throws IOException {
      switch (json.currentToken()) {
        case VALUE_NUMBER_INT -> {
          return Double.parseDouble(json.getText()) + 0.0; // an integer -0 is 0.0, not -0.0
        }
        case VALUE_NUMBER_FLOAT -> {
          checkNumber(json);
          return Double.valueOf(json.getText());
        }
        case VALUE_TRUE -> {
          return 1.0;
        }
        case VALUE_FALSE -> {
          return 0.0;
        }
        case VALUE_STRING -> {
          OptionalDouble score = PythonFloat.parse(json.getText());
          return score.isPresent() ? score.getAsDouble() : null;
        }
        default -> {
          skip(json);
          return null;
        }
      }
    }

    /** A count, also where it is written as {@code 14.0}; anything else is as good as missing. */
    private static @Nullable Long readCount(JsonParser json) throws IOException {
      if (!json.currentToken().isNumeric()) {
        skip(json);
        return null;
      }
      checkNumber(json);
      double value = Double.parseDouble(json.getText());
      return value >= 0 && value <= 1L << 53 && value == Math.rint(value) ? (long) value : null;
    }

    private void rejectSteps(Defect defect, String reason) {
      if (stepsDefect == null) {
        stepsDefect = new RejectedRecordException(defect, reason);
      }
    }

    Rollout rollout() throws RejectedRecordException {
      checkScores();
      if (stepsDefect != null) {
        throw stepsDefect;
      }
      String text = questionOrig.falsy() ? question.text() : questionOrig.text();
      return new Rollout(images, text == null ? null : PythonText.strip(text), steps);
    }

    private void checkScores() {
      boolean scored = false;
      for (int i = 0; i < steps.size(); i++) {
        Double score = steps.get(i).score();
        if (score != null) {
          scored = true;
          if (!(score >= 0 && score <= 1)) { // written so that NaN fails too
            rejectSteps(
                Defect.SCORE_OUT_OF_RANGE,
                "the score of step "
                    + (i + 1)
                    + " is "
                    + PythonFloat.print(score)
                    + ", not in [0, 1]");
          }
        }
      }
      if (!scored) {
        rejectSteps(Defect.NO_SCORE, "no step has a numeric score");
      }
    }
  }
}
