package io.bisift.formats.evaluate;

import io.bisift.core.evaluation.Fields;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.scoring.ScoreRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is special about a kind of items: those of a benchmark, or candidates.
 *
 * @param <U> an item without its scores
 * @param <T> an item with them
 */
interface ItemForm<U, T> extends ChunkFile.Form<T> {
  /**
   * An item of a line that has no scores yet.
   *
   * @throws RejectedRecordException if the line makes none
   */
  U unscored(Fields fields) throws RejectedRecordException;

  /**
   * An item of a line that has its scores.
   *
   * @throws RejectedRecordException if the line makes none
   */
  T ready(Fields fields, String id) throws RejectedRecordException;

  /** Names of an item's pictures. */
  List<String> images(U item);

  /** What the scorer is asked; null where there is nothing to score. */
  @Nullable ScoreRequest request(U item, List<byte[]> images);

  /**
   * The item with its scores.
   *
   * @throws RejectedRecordException if they do not fit
   */
  T scored(U item, String id, List<Double> scores) throws RejectedRecordException;
}
