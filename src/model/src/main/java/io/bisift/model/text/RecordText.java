package io.bisift.model.text;

import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.core.text.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Question and steps of a record as text, cut where the steps end.
 *
 * @param parts what stands before each {@code <prm>}
 * @param rest what stands behind the last
 */
public record RecordText(List<String> parts, String rest) {
  private static final Pattern IMAGE_NUMBER =
      Pattern.compile("<image\\d+>", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String PROCESS = "\nProcess: ";
  private static final String BREAK = "\n\n";

  public RecordText {
    parts = List.copyOf(parts);
  }

  /**
   * As the converter writes it ({@link PromptText#TRAINING}: steps joined by {@code <prm>} and an
   * empty line), or as the reference scores it (by {@code <prm>} alone, and {@code <image1>} …
   * taken out of the question). Question and steps are stripped.
   */
  public static RecordText of(String question, List<String> steps, PromptText form) {
    boolean scoring = form == PromptText.SCORING;
    String asked = scoring ? IMAGE_NUMBER.matcher(question).replaceAll("") : question;
    List<String> parts = new ArrayList<>();
    for (String step : steps) {
      String before = "Question: " + PythonText.strip(asked) + PROCESS;
      if (!parts.isEmpty()) {
        before = scoring ? "" : BREAK;
      }
      parts.add(before + PythonText.strip(step));
    }
    return new RecordText(parts, "");
  }

  /**
   * Takes a training record's text apart. Where a question or a step has a {@code <prm>} of its
   * own, those count that end a step: behind {@code Process:}, before an empty line or the end.
   *
   * @param labels how many steps there are
   * @throws UnclearStepsException if that does not tell which {@code <prm>} end steps
   */
  public static RecordText split(String text, int labels) throws UnclearStepsException {
    List<Integer> all = markers(text);
    List<Integer> ends = all;
    if (all.size() > labels) {
      int process = text.indexOf(PROCESS);
      ends =
          all.stream()
              .filter(at -> at > process && endsStep(text, at + SpecialTokens.PRM.length()))
              .toList();
    }
    if (ends.size() != labels || labels == 0) {
      throw new UnclearStepsException(labels + " labels, but " + all.size() + " <prm> in the text");
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at : ends) {
      parts.add(text.substring(from, at));
      from = at + SpecialTokens.PRM.length();
    }
    return new RecordText(parts, text.substring(from));
  }

  private static List<Integer> markers(String text) {
    List<Integer> markers = new ArrayList<>();
    int at = text.indexOf(SpecialTokens.PRM);
    while (at >= 0) {
      markers.add(at);
      at = text.indexOf(SpecialTokens.PRM, at + SpecialTokens.PRM.length());
    }
    return markers;
  }

  private static boolean endsStep(String text, int end) {
    return end == text.length() || text.startsWith(BREAK, end);
  }
}
