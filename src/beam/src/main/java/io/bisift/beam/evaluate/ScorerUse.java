package io.bisift.beam.evaluate;

import io.bisift.core.scoring.StepScorer;
import io.bisift.formats.evaluate.EvaluationParameters;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A transform's use of the shared scorer, from its setup to its teardown. */
final class ScorerUse implements Serializable {
  private final EvaluationParameters.@Nullable Scorer named;
  private transient @Nullable StepScorer scorer;

  /**
   * @param named null: there are scores already
   */
  ScorerUse(EvaluationParameters.@Nullable Scorer named) {
    this.named = named;
  }

  void begin() {
    scorer = named == null ? null : SharedScorer.acquire(named.settings());
  }

  /** The scorer; null where none is needed. */
  @Nullable StepScorer get() {
    return scorer;
  }

  void end() {
    if (named != null && scorer != null) {
      SharedScorer.release(named.settings());
      scorer = null;
    }
  }
}
