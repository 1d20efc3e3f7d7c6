package io.bisift.formats.evaluate;

import io.bisift.core.evaluation.CandidateItem;
import io.bisift.core.evaluation.Fields;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.text.JsonBytes;
import java.util.List;

/** Candidates: several solutions of each problem. */
final class CandidateForm implements ItemForm<CandidateItem, CandidateItem> {
  @Override
  public CandidateItem unscored(Fields fields) throws RejectedRecordException {
    return CandidateItem.of(fields, /* scored= */ false);
  }

  @Override
  public CandidateItem ready(Fields fields, String id) throws RejectedRecordException {
    return CandidateItem.of(fields, /* scored= */ true);
  }

  @Override
  public List<String> images(CandidateItem item) {
    return item.images();
  }

  @Override
  public ScoreRequest request(CandidateItem item, List<byte[]> images) {
    return new ScoreRequest(item.question(), item.steps(), images);
  }

  @Override
  public CandidateItem scored(CandidateItem item, String id, List<Double> scores)
      throws RejectedRecordException {
    return item.withScores(scores.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void append(CandidateItem item, JsonBytes json) {
    item.appendTo(json);
  }

  @Override
  public CandidateItem parse(Fields fields) throws RejectedRecordException {
    return CandidateItem.of(fields, /* scored= */ true);
  }
}
