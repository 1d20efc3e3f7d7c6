package io.bisift.core.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One solution to one question: pictures, question and scored steps. At least one step has a score;
 * all else may still be missing, which decides whether it can be written, not whether it is ranked.
 *
 * @param question {@code question_orig}, or {@code question} where that is missing, null or empty;
 *     trimmed; null if it is no string
 */
public record Rollout(Images images, @Nullable String question, List<Step> steps) {
  public Rollout {
    steps = List.copyOf(steps);
    if (steps.stream().allMatch(step -> step.score() == null)) {
      throw new IllegalArgumentException("a rollout needs a step with a score");
    }
  }
}
