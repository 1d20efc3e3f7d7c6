package io.bisift.core.training;

import io.bisift.core.rollout.Step;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.text.JsonBytes;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a training record in the index sidecar: where it came from and how it scored.
 * {@code mc_correct} and {@code mc_total} have one entry per label of the record, {@code null}
 * where the annotation does not say.
 *
 * @param id record id, {@code SOURCE:LINE}
 * @param alpha α of the BIS that is written
 */
public record IndexEntry(String id, TrainingRecord record, RolloutScore score, double alpha) {

  /** Appends the entry as one JSON object, without a line end. */
  public void appendTo(JsonBytes json) {
    json.raw("{\"id\": ").string(id).raw(", \"image\": ");
    TrainingRecord.appendImages(record.images(), json);
    json.raw(", \"p\": ").number(score.positiveShare());
    json.raw(", \"R\": ").number(score.reliability());
    json.raw(", \"n\": ").raw(Integer.toString(score.n()));
    json.raw(", \"BIS\": ").number(score.balancedInformation(alpha));
    json.raw(", \"mc_correct\": ");
    appendCounts(record.steps(), Step::mcCorrect, json);
    json.raw(", \"mc_total\": ");
    appendCounts(record.steps(), Step::mcTotal, json);
    json.raw("}");
  }

  private static void appendCounts(
      List<Step> steps, Function<Step, @Nullable Long> count, JsonBytes json) {
    json.raw("[");
    for (int i = 0; i < steps.size(); i++) {
      if (i > 0) {
        json.raw(", ");
      }
      json.raw(String.valueOf(count.apply(steps.get(i))));
    }
    json.raw("]");
  }
}
