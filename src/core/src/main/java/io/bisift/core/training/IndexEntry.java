package io.bisift.core.training;

import io.bisift.core.rollout.Step;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.text.JsonBytes;
import java.nio.charset.StandardCharsets;
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

  static final byte[] TOTALS = ascii("], \"mc_total\": [");
  static final byte[] END = ascii("]}");
  private static final byte[] ID = ascii("{\"id\": ");
  private static final byte[] IMAGE = ascii(", \"image\": ");
  private static final byte[] POSITIVE = ascii(", \"p\": ");
  private static final byte[] RELIABILITY = ascii(", \"R\": ");
  private static final byte[] STEPS = ascii(", \"n\": ");
  private static final byte[] BIS = ascii(", \"BIS\": ");
  private static final byte[] CORRECT = ascii(", \"mc_correct\": [");
  private static final byte[] NULL = ascii("null");

  /** Appends the entry as one JSON object, without a line end. */
  public void appendTo(JsonBytes json) {
    appendStart(id, json);
    TrainingRecord.appendImages(record.images(), json);
    appendScore(score, alpha, json);
    appendCounts(record.steps(), Step::mcCorrect, json);
    json.raw(TOTALS);
    appendCounts(record.steps(), Step::mcTotal, json);
    json.raw(END);
  }

  /** Appends what stands before the pictures. */
  static void appendStart(String id, JsonBytes json) {
    json.raw(ID).string(id).raw(IMAGE);
  }

  /** Appends what stands between the pictures and the first count. */
  static void appendScore(RolloutScore score, double alpha, JsonBytes json) {
    json.raw(POSITIVE).number(score.positiveShare());
    json.raw(RELIABILITY).number(score.reliability());
    json.raw(STEPS).number((long) score.n());
    json.raw(BIS).number(score.balancedInformation(alpha));
    json.raw(CORRECT);
  }

  /** Appends a step's count; -1 is null. */
  static void appendCount(int step, long count, JsonBytes json) {
    if (step > 0) {
      json.raw(TrainingRecord.COMMA);
    }
    if (count < 0) {
      json.raw(NULL);
    } else {
      json.number(count);
    }
  }

  private static void appendCounts(
      List<Step> steps, Function<Step, @Nullable Long> count, JsonBytes json) {
    for (int i = 0; i < steps.size(); i++) {
      Long number = count.apply(steps.get(i));
      appendCount(i, number == null ? -1 : number, json);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
