package io.bisift.core.evaluation;

import io.bisift.core.metrics.ScoredItem;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.JsonBytes;
import java.util.List;

/**
 * A scored solution as {@code scores.jsonl} has it. The names of source, labels and scores are
 * those of the reference's results file, whose objects are read just as well.
 *
 * @param id {@code FILE:LINE} of where it was first read
 * @param question empty where it is not known
 * @param steps their texts; none where they are not known
 * @param images below the image root; none where they are not known
 */
public record JudgedItem(
    String id, String question, List<String> steps, List<String> images, ScoredItem scored) {
  public JudgedItem {
    steps = List.copyOf(steps);
    images = List.copyOf(images);
  }

  /**
   * The item that a line's or an array element's fields make.
   *
   * @param place its id where it has none of its own
   * @throws RejectedRecordException if they make none
   */
  public static JudgedItem of(Fields fields, String place) throws RejectedRecordException {
    byte[] labels = fields.labels("labels_per_step");
    double[] scores = fields.scores("prm_scores");
    requireFit(labels, scores);
    return new JudgedItem(
        fields.text("id", place),
        fields.text("question", ""),
        fields.texts("steps", Defect.STEP_WITHOUT_TEXT),
        fields.texts("image", Defect.NO_IMAGE),
        new ScoredItem(fields.text("data_source", BenchmarkItem.UNKNOWN), labels, scores));
  }

  static void requireFit(byte[] labels, double[] scores) throws RejectedRecordException {
    String defect = ScoredItem.defect(labels, scores);
    if (defect != null) {
      throw new RejectedRecordException(
          labels.length == scores.length ? Defect.SCORE_OUT_OF_RANGE : Defect.COUNTS_DIFFER,
          defect);
    }
  }

  /** Appends the line, without its end; what is not known is left out. */
  public void appendTo(JsonBytes json) {
    json.raw("{\"id\": ").string(id).raw(", \"data_source\": ").string(scored.source());
    json.raw(", \"labels_per_step\": [");
    for (int i = 0; i < scored.steps(); i++) {
      json.raw(i == 0 ? "" : ", ").raw(Byte.toString(scored.label(i)));
    }
    json.raw("], \"prm_scores\": [[");
    for (int i = 0; i < scored.steps(); i++) {
      json.raw(i == 0 ? "" : ", ").number(scored.score(i));
    }
    json.raw("]]");
    if (!question.isEmpty()) {
      json.raw(", \"question\": ").string(question);
    }
    appendTexts(", \"steps\": [", steps, json);
    appendTexts(", \"image\": [", images, json);
    json.raw("}");
  }

  static void appendTexts(String before, List<String> texts, JsonBytes json) {
    if (texts.isEmpty()) {
      return;
    }
    json.raw(before);
    for (int i = 0; i < texts.size(); i++) {
      json.raw(i == 0 ? "" : ", ").string(texts.get(i));
    }
    json.raw("]");
  }
}
