package io.bisift.model;

import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScorerProvider;

/** Lets those who know only core score with a checkpoint. */
public final class RewardModelProvider implements StepScorerProvider {
  @Override
  public StepScorer open(ScorerSettings settings) {
    return RewardModel.load(settings);
  }
}
