package io.bisift.core.rollout;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a line must give, worked out from the value of the whole line. */
final class ExpectedRollout {
  /**
   * @param defect why the line is rejected; null if it is not
   * @param rollout what it holds; null if it is blank or rejected
   */
  record Outcome(@Nullable Defect defect, @Nullable Rollout rollout) {
    static final Outcome BLANK = new Outcome(null, null);

    static Outcome rejected(Defect defect) {
      return new Outcome(defect, null);
    }
  }

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)(e[-+]?[0-9]++)?");
  private static final Set<String> NAMED = Set.of("inf", "infinity", "nan");

  private ExpectedRollout() {}

  static Outcome of(byte[] line) {
    Object value;
    try {
      value = PythonJson.parse(line);
    } catch (PythonJson.Refused e) {
      return Outcome.rejected(e.defect);
    }
    if (value == null) {
      return Outcome.BLANK;
    }
    if (!(value instanceof Map<?, ?> fields)) {
      return Outcome.rejected(Defect.NOT_AN_OBJECT);
    }
    if (!(fields.get("steps_with_score") instanceof List<?> elements)
        || elements.isEmpty()
        || !elements.stream().allMatch(element -> element instanceof Map)) {
      return Outcome.rejected(Defect.NO_STEPS);
    }
    List<Step> steps = new ArrayList<>();
    for (Object element : elements) {
      Map<?, ?> step = (Map<?, ?>) element;
      steps.add(
          new Step(
              text(step.get("step")),
              score(step.get("score")),
              count(step.get("num_mc_correct")),
              count(step.get("num_mc_total"))));
    }
    List<Double> scores = new ArrayList<>();
    for (Step step : steps) {
      if (step.score() != null) {
        scores.add(step.score());
      }
    }
    if (scores.isEmpty()) {
      return Outcome.rejected(Defect.NO_SCORE);
    }
    if (!scores.stream().allMatch(score -> score >= 0 && score <= 1)) {
      return Outcome.rejected(Defect.SCORE_OUT_OF_RANGE);
    }
    return new Outcome(null, new Rollout(images(fields.get("image")), question(fields), steps));
  }

  private static Images images(@Nullable Object value) {
    if (value instanceof String name && !name.isEmpty()) {
      return new Images(List.of(name), false, null);
    }
    if (value instanceof List<?> names
        && !names.isEmpty()
        && names.stream().allMatch(name -> name instanceof String)) {
      return new Images(names.stream().map(String.class::cast).toList(), true, null);
    }
    return new Images(List.of(), false, "unusable");
  }

  private static @Nullable String question(Map<?, ?> fields) {
    Object value = fields.get("question_orig");
    if (isFalsy(value)) {
      value = fields.get("question");
      if (isFalsy(value)) {
        value = "";
      }
    }
    return value instanceof String text ? PythonJson.strip(text) : null;
  }

  private static boolean isFalsy(@Nullable Object value) {
    if (value == null || value == PythonJson.NULL || value.equals(false) || value.equals("")) {
      return true;
    }
    if (value instanceof PythonJson.Num number) {
      return toDouble(number) == 0;
    }
    return List.of().equals(value) || Map.of().equals(value);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text && !PythonJson.strip(text).isEmpty()
        ? PythonJson.strip(text)
        : null;
  }

  private static @Nullable Double score(@Nullable Object value) {
    if (value instanceof PythonJson.Num number) {
      return toDouble(number);
    }
    if (value instanceof Boolean truth) {
      return truth ? 1.0 : 0.0;
    }
    return value instanceof String text ? parse(text) : null;
  }

  private static double toDouble(PythonJson.Num number) {
    return number.integer()
        ? new BigInteger(number.text()).doubleValue()
        : Double.parseDouble(number.text());
  }

  /** {@code float(text)}, or null where that fails. */
  private static @Nullable Double parse(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .map(c -> c > 127 && Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .map(c -> c > 127 && PythonJson.strip(Character.toString(c)).isEmpty() ? ' ' : c)
        .forEach(ascii::appendCodePoint);
    String trimmed =
        ascii.toString().replaceAll("^[ \t-\r]+|[ \t-\r]+$", "").toLowerCase(Locale.ROOT);
    String unsigned = trimmed.replaceFirst("^[-+]", "");
    if (NAMED.contains(unsigned)) {
      return unsigned.equals("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    String joined = trimmed.replaceAll("(?<=[0-9])_(?=[0-9])", "");
    return FLOAT.matcher(joined).matches() ? Double.valueOf(joined) : null;
  }

  private static @Nullable Long count(@Nullable Object value) {
    if (value instanceof PythonJson.Num number) {
      double count = toDouble(number);
      if (count >= 0 && count <= 0x1p53 && count % 1 == 0) {
        return (long) count;
      }
    }
    return null;
  }
}
