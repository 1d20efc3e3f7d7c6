package io.bisift.core.evaluation;

import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.JsonBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file of candidates, one solution of a problem:
 *
 * <pre>{@code
 * {"problem": "17", "answer": "42", "correct": true, "scores": [0.9, 0.7]}
 * {"problem": "17", "answer": "41", "correct": false, "question": "…", "steps": ["…", "…"], "image": ["a.png"]}
 * }</pre>
 *
 * @param problem what it solves; candidates of one problem have the same
 * @param answer that it ends with; null where it is not known
 * @param correct whether that is right
 * @param scores of its steps, in [0, 1]; none where they are still to be scored
 * @param question empty where it is not known
 * @param steps their texts
 * @param images below the image root
 */
public record CandidateItem(
    String problem,
    @Nullable String answer,
    boolean correct,
    List<Double> scores,
    String question,
    List<String> steps,
    List<String> images) {
  public CandidateItem {
    scores = List.copyOf(scores);
    steps = List.copyOf(steps);
    images = List.copyOf(images);
  }

  /**
   * The candidate that a line's fields make.
   *
   * @param scored whether scores must be there; if not, steps must
   * @throws RejectedRecordException if they make none
   */
  public static CandidateItem of(Fields fields, boolean scored) throws RejectedRecordException {
    String problem = fields.word("problem");
    if (problem == null) {
      throw new RejectedRecordException(Defect.NO_QUESTION, "problem is missing");
    }
    List<String> steps = fields.texts("steps", Defect.STEP_WITHOUT_TEXT);
    CandidateItem item =
        new CandidateItem(
            problem,
            fields.word("answer"),
            fields.truth("correct"),
            List.of(),
            fields.text("question", ""),
            steps,
            fields.texts("image", Defect.NO_IMAGE));
    if (scored) {
      return item.withScores(fields.scores("scores"));
    }
    if (steps.isEmpty()) {
      throw new RejectedRecordException(Defect.NO_STEPS, "steps is missing or empty");
    }
    return item;
  }

  /**
   * The same with scores.
   *
   * @throws RejectedRecordException if they cannot be those of its steps
   */
  public CandidateItem withScores(double[] values) throws RejectedRecordException {
    if (values.length == 0) {
      throw new RejectedRecordException(Defect.NO_SCORE, "scores is empty");
    }
    if (!steps.isEmpty() && steps.size() != values.length) {
      throw new RejectedRecordException(
          Defect.COUNTS_DIFFER, values.length + " scores for " + steps.size() + " steps");
    }
    JudgedItem.requireFit(new byte[values.length], values);
    Double[] boxed = new Double[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return new CandidateItem(problem, answer, correct, List.of(boxed), question, steps, images);
  }

  /** Appends the line, without its end; what is not known is left out. */
  public void appendTo(JsonBytes json) {
    json.raw("{\"problem\": ").string(problem);
    if (answer != null) {
      json.raw(", \"answer\": ").string(answer);
    }
    json.raw(", \"correct\": ").raw(Boolean.toString(correct)).raw(", \"scores\": [");
    for (int i = 0; i < scores.size(); i++) {
      json.raw(i == 0 ? "" : ", ").number(scores.get(i));
    }
    json.raw("]");
    if (!question.isEmpty()) {
      json.raw(", \"question\": ").string(question);
    }
    JudgedItem.appendTexts(", \"steps\": [", steps, json);
    JudgedItem.appendTexts(", \"image\": [", images, json);
    json.raw("}");
  }
}
