package io.bisift.core.training;

import io.bisift.core.rollout.RolloutSkimmer;
import io.bisift.core.rollout.RolloutSpans;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;

/**
 * An output record that is copied from its line piece by piece: the same bytes as those of a {@link
 * ParsedRecord}, many times faster, for lines in the usual form. Good until the next line.
 *
 * @param id of the record
 * @param spans where its parts stand
 * @param line what has its scores, one for each step
 * @param score of the rollout
 * @param alpha α of the BIS in the index
 */
public record CopiedRecord(
    String id,
    RolloutSpans spans,
    RolloutSkimmer line,
    RolloutScore score,
    LabelRule labels,
    double alpha)
    implements OutputRecord {

  @Override
  public void appendTo(JsonBytes json) {
    json.raw(TrainingRecord.IMAGE);
    spans.appendImages(json);
    json.raw(TrainingRecord.HUMAN);
    spans.appendQuestion(json);
    json.raw(TrainingRecord.PROCESS);
    int steps = spans.stepCount();
    for (int i = 0; i < steps; i++) {
      if (i > 0) {
        json.raw(TrainingRecord.STEP_BREAK);
      }
      spans.appendStep(i, json);
      json.raw(TrainingRecord.STEP_END);
    }
    json.raw(TrainingRecord.GPT);
    double[] scores = line.scores();
    for (int i = 0; i < steps; i++) {
      if (i > 0) {
        json.raw(TrainingRecord.COMMA);
      }
      json.number(labels.label(scores[i]));
    }
    json.raw(TrainingRecord.END);
  }

  @Override
  public void appendEntryTo(JsonBytes json) {
    IndexEntry.appendStart(id, json);
    spans.appendImages(json);
    IndexEntry.appendScore(score, alpha, json);
    for (int i = 0; i < spans.stepCount(); i++) {
      IndexEntry.appendCount(i, spans.mcCorrect(i), json);
    }
    json.raw(IndexEntry.TOTALS);
    for (int i = 0; i < spans.stepCount(); i++) {
      IndexEntry.appendCount(i, spans.mcTotal(i), json);
    }
    json.raw(IndexEntry.END);
  }

  @Override
  public void addTo(LabelStatistics statistics) {
    long words = 0;
    for (int i = 0; i < spans.stepCount(); i++) {
      words += spans.countWords(i);
    }
    statistics.add(line.scores(), score, words);
  }
}
