package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.StepScorer;
import io.bisift.formats.evaluate.CheckpointScorer;
import java.util.HashMap;
import java.util.Map;

/** One scorer for all threads of this process: a checkpoint takes gigabytes, and is loaded once. */
final class SharedScorer {
  private static final Map<ScorerSettings, SharedScorer> OPEN = new HashMap<>();

  private final StepScorer scorer;
  private int users;

  private SharedScorer(StepScorer scorer) {
    this.scorer = scorer;
  }

  /** The scorer of a checkpoint; loads it for the first that asks. */
  static synchronized StepScorer acquire(ScorerSettings settings) {
    SharedScorer shared = OPEN.get(settings);
    if (shared == null) {
      shared = new SharedScorer(CheckpointScorer.open(new BeamStorage(), settings));
      OPEN.put(settings, shared);
    }
    shared.users++;
    return shared.scorer;
  }

  /** Gives it back; the last one closes it. */
  static synchronized void release(ScorerSettings settings) {
    SharedScorer shared = OPEN.get(settings);
    if (shared != null && --shared.users == 0) {
      OPEN.remove(settings);
      shared.scorer.close();
    }
  }
}
