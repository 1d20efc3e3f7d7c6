package io.bisift.core.scoring;

import java.util.List;

/** A process reward model: records in, step scores out. Safe from several threads. */
public interface StepScorer extends AutoCloseable {
  /**
   * Scores the steps of some records; how they are batched is the scorer's business, and does not
   * matter to the scores beyond rounding.
   *
   * @return one answer for each request, in their order
   */
  List<StepScores> score(List<ScoreRequest> requests);

  @Override
  void close();
}
