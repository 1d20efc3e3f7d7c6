package io.bisift.core.training;

import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutSkimmer;
import io.bisift.core.rollout.RolloutSpans;
import io.bisift.core.rollout.Step;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.text.PythonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns rollouts into training records, or says why it cannot. */
public final class RecordConverter {
  /** What happens to a rollout with a step that lacks text or score. */
  public enum BadSteps {
    /** The rollout is rejected: what {@code select} does. */
    REJECT_ROLLOUT,
    /** The step is left out, and the rollout is rejected if none remains: {@code convert}. */
    LEAVE_OUT
  }

  private final LabelRule labels;
  private final BadSteps badSteps;
  private final ImageCheck images;

  public RecordConverter(LabelRule labels, BadSteps badSteps, ImageCheck images) {
    this.labels = labels;
    this.badSteps = badSteps;
    this.images = images;
  }

  /**
   * The training record of a rollout.
   *
   * @throws RejectedRecordException if no record can be made of it
   * @throws IOException if looking for a picture fails
   */
  public TrainingRecord convert(Rollout rollout) throws RejectedRecordException, IOException {
    String question = rollout.question();
    if (rollout.images().defect() != null) {
      throw new RejectedRecordException(Defect.NO_IMAGE, "image is " + rollout.images().defect());
    }
    if (question == null) {
      throw new RejectedRecordException(Defect.NO_QUESTION, "the question is not a string");
    }
    List<Step> steps = usableSteps(rollout);
    requireWritable(rollout.images(), question, steps);
    for (String name : rollout.images().names()) {
      if (!images.exists(name)) {
        throw new RejectedRecordException(Defect.IMAGE_NOT_FOUND, "image not found: " + name);
      }
    }
    List<Double> values = new ArrayList<>(steps.size());
    for (Step step : steps) {
      values.add(labels.label(step.score()));
    }
    return new TrainingRecord(rollout.images(), question, steps, values);
  }

  /**
   * The record of a line by copying, for a line that a skimmer has ranked.
   *
   * @param id of the record
   * @param line what the skimmer found
   * @param score of its rollout
   * @param alpha α of the BIS in the index
   * @return empty if the line's form is unusual or a picture is missing: {@link #convert} tells
   * @throws IOException if looking for a picture fails
   */
  public Optional<OutputRecord> copy(
      String id, RolloutSkimmer line, RolloutScore score, double alpha) throws IOException {
    RolloutSpans spans = line.spans().orElse(null);
    if (spans == null) {
      return Optional.empty();
    }
    if (images != ImageCheck.NONE && !hasPictures(spans)) {
      return Optional.empty();
    }
    return Optional.of(new CopiedRecord(id, spans, line, score, labels, alpha));
  }

  private boolean hasPictures(RolloutSpans spans) throws IOException {
    for (int i = 0; i < spans.imageCount(); i++) {
      if (!images.exists(spans.image(i))) {
        return false;
      }
    }
    return true;
  }

  private List<Step> usableSteps(Rollout rollout) throws RejectedRecordException {
    List<Step> usable = new ArrayList<>(rollout.steps().size());
    int number = 0;
    for (Step step : rollout.steps()) {
      number++;
      if (step.text() != null && step.score() != null) {
        usable.add(step);
      } else if (badSteps == BadSteps.REJECT_ROLLOUT) {
        throw step.text() == null
            ? new RejectedRecordException(
                Defect.STEP_WITHOUT_TEXT, "step " + number + " has no text")
            : new RejectedRecordException(
                Defect.STEP_WITHOUT_SCORE, "step " + number + " has no numeric score");
      }
    }
    if (usable.isEmpty()) {
      throw new RejectedRecordException(
          Defect.STEP_WITHOUT_TEXT, "no step has both text and a numeric score");
    }
    return usable;
  }

  private static void requireWritable(Images images, String question, List<Step> steps)
      throws RejectedRecordException {
    for (String name : images.names()) {
      rejectLoneSurrogate(name, "image");
    }
    rejectLoneSurrogate(question, "the question");
    for (int i = 0; i < steps.size(); i++) {
      rejectLoneSurrogate(steps.get(i).text(), "a step's text");
    }
  }

  private static void rejectLoneSurrogate(String text, String where)
      throws RejectedRecordException {
    if (PythonText.hasLoneSurrogate(text)) {
      throw new RejectedRecordException(
          Defect.LONE_SURROGATE, "lone surrogate in " + where + ": UTF-8 cannot hold it");
    }
  }
}
