package io.bisift.core.evaluation;

import io.bisift.core.metrics.ScoredItem;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import java.util.List;

/**
 * A line of VisualProcessBench's {@code test.jsonl}: a solution whose steps people have labelled.
 *
 * @param source {@code data_source}; {@value #UNKNOWN} where there is none
 * @param images below the image root, in order; none: text only
 * @param question as it stands
 * @param steps of the response
 * @param labels one for each step: 1 right, 0 neutral, -1 wrong
 */
public record BenchmarkItem(
    String source, List<String> images, String question, List<String> steps, List<Byte> labels) {
  static final String UNKNOWN = "UNKNOWN";

  public BenchmarkItem {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
    labels = List.copyOf(labels);
  }

  /**
   * The item that a line's fields make.
   *
   * @throws RejectedRecordException if they make none
   */
  public static BenchmarkItem of(Fields fields) throws RejectedRecordException {
    Fields response = fields.inside("response");
    List<String> steps = response.texts("steps", Defect.STEP_WITHOUT_TEXT);
    byte[] labels = steps.isEmpty() ? new byte[0] : response.labels("process_correctness");
    if (labels.length != steps.size()) {
      throw new RejectedRecordException(
          Defect.COUNTS_DIFFER, labels.length + " labels for " + steps.size() + " steps");
    }
    String images = fields.has("image") ? "image" : "images";
    Byte[] boxed = new Byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      boxed[i] = labels[i];
    }
    return new BenchmarkItem(
        fields.text("data_source", UNKNOWN),
        fields.texts(images, Defect.NO_IMAGE),
        fields.text("question", ""),
        steps,
        List.of(boxed));
  }

  /**
   * The item with its scores.
   *
   * @throws RejectedRecordException if they do not fit
   */
  public JudgedItem judged(String id, List<Double> scores) throws RejectedRecordException {
    byte[] unboxed = new byte[labels.size()];
    for (int i = 0; i < unboxed.length; i++) {
      unboxed[i] = labels.get(i);
    }
    double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
    JudgedItem.requireFit(unboxed, values);
    return new JudgedItem(id, question, steps, images, new ScoredItem(source, unboxed, values));
  }
}
