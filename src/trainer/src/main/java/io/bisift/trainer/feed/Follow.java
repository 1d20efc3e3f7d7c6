package io.bisift.trainer.feed;

import io.bisift.core.UserException;

/**
 * When a run that trains on a growing set takes up its newest version.
 *
 * @param every so many updates; {@link #EPOCH} or {@link #NEVER}
 */
public record Follow(long every) {
  /** At the end of each epoch. */
  private static final long EPOCH = 0;

  /** The first version stays. */
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * Reads {@code epoch}, {@code never} or a number of updates; epoch if nothing is said.
   *
   * @throws UserException if it is something else
   */
  public static Follow of(String text) {
    if (text.isEmpty() || text.equals("epoch")) {
      return new Follow(EPOCH);
    }
    if (text.equals("never")) {
      return new Follow(NEVER);
    }
    try {
      long every = Long.parseLong(text);
      if (every > 0 && every < NEVER) {
        return new Follow(every);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw UserException.usage("--follow must be epoch, never or a number of updates, was " + text);
  }

  public boolean isNever() {
    return every == NEVER;
  }

  /**
   * The update before which to look for a newer version next.
   *
   * @param update before which there was a look
   * @param epochEnd update behind the epoch that it is in
   */
  long next(long update, long epochEnd) {
    return isNever() ? NEVER : every == EPOCH ? epochEnd : update + every;
  }

  @Override
  public String toString() {
    return isNever() ? "never" : every == EPOCH ? "epoch" : Long.toString(every);
  }
}
