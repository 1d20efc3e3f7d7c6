package io.bisift.beam.record;

import io.bisift.core.rollout.Rollout;

/**
 * A rollout together with where it stands: what record-level transforms take and give.
 *
 * @param source the group within which the best are kept
 * @param order place within the source, unique there, at least 0: among equal scores the smaller
 *     one wins. For lines of a file, the line number.
 */
public record SourcedRollout(String source, long order, Rollout rollout) {
  public SourcedRollout {
    if (order < 0) {
      throw new IllegalArgumentException("the order must not be negative, was " + order);
    }
  }

  /** {@code SOURCE:ORDER}. */
  public String id() {
    return source + ":" + order;
  }
}
