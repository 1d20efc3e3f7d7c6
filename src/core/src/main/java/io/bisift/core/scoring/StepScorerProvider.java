package io.bisift.core.scoring;

import io.bisift.core.UserException;
import java.util.ServiceLoader;

/** Opens scorers; found on the class path, so that who scores need not know the model. */
public interface StepScorerProvider {
  /**
   * Loads a checkpoint.
   *
   * @throws UserException if it cannot be loaded
   */
  StepScorer open(ScorerSettings settings);

  /**
   * The one on the class path.
   *
   * @throws UserException if there is none
   */
  static StepScorerProvider find() {
    return ServiceLoader.load(StepScorerProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                UserException.failure(
                    "no reward model on the class path: add the jars of src/model to score with a"
                        + " checkpoint"));
  }
}
