package io.bisift.formats.evaluate;

import io.bisift.core.evaluation.BenchmarkItem;
import io.bisift.core.evaluation.Fields;
import io.bisift.core.evaluation.JudgedItem;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.text.JsonBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items of a benchmark, whose steps have labels. */
final class BenchmarkForm implements ItemForm<BenchmarkItem, JudgedItem> {
  @Override
  public BenchmarkItem unscored(Fields fields) throws RejectedRecordException {
    return BenchmarkItem.of(fields);
  }

  @Override
  public JudgedItem ready(Fields fields, String id) throws RejectedRecordException {
    return JudgedItem.of(fields, id);
  }

  @Override
  public List<String> images(BenchmarkItem item) {
    return item.images();
  }

  @Override
  public @Nullable ScoreRequest request(BenchmarkItem item, List<byte[]> images) {
    return item.steps().isEmpty() ? null : new ScoreRequest(item.question(), item.steps(), images);
  }

  @Override
  public JudgedItem scored(BenchmarkItem item, String id, List<Double> scores)
      throws RejectedRecordException {
    return item.judged(id, scores);
  }

  @Override
  public void append(JudgedItem item, JsonBytes json) {
    item.appendTo(json);
  }

  @Override
  public JudgedItem parse(Fields fields) throws RejectedRecordException {
    return JudgedItem.of(fields, "");
  }
}
