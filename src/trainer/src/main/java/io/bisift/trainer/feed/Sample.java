package io.bisift.trainer.feed;

import io.bisift.model.input.EncodedRecord;
import io.bisift.trainer.data.StepTarget;
import java.util.List;

/**
 * A record as the model takes it, and what it is trained towards.
 *
 * @param targets one for each {@code <prm>} that is left of it
 */
public record Sample(String id, EncodedRecord encoded, List<StepTarget> targets) {
  public Sample {
    targets = List.copyOf(targets);
    if (targets.size() != encoded.prmPositions().length || targets.isEmpty()) {
      throw new IllegalArgumentException(
          id + ": " + targets.size() + " targets, " + encoded.prmPositions().length + " <prm>");
    }
  }
}
