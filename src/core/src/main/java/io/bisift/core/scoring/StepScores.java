package io.bisift.core.scoring;

import java.util.List;

/** What a scorer says of one record. */
public sealed interface StepScores {
  /**
   * @param scores one for each step of the request, in [0, 1]: how likely the step is right
   */
  record Scored(List<Double> scores) implements StepScores {
    public Scored {
      scores = List.copyOf(scores);
    }
  }

  /**
   * The record cannot be scored (a broken image, steps lost to truncation).
   *
   * @param reason in a few words, for the rejected record
   */
  record Rejected(String reason) implements StepScores {}
}
