package io.bisift.beam.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Tries again what failed for a reason that passes, at growing intervals. */
public final class Patience {
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private Patience() {}

  /** A request; may be sent more than once. */
  public interface Request<T> {
    T send() throws IOException;
  }

  /**
   * Sends a request until it succeeds.
   *
   * @param attempts after which its failure is thrown
   */
  public static <T> T with(int attempts, Request<T> request) throws IOException {
    for (int failed = 1; ; failed++) {
      try {
        return request.send();
      } catch (IOException e) {
        if (failed == attempts) {
          throw e;
        }
        sleep(pause(failed));
      }
    }
  }

  /**
   * How long to wait after failures.
   *
   * @param failed how many there were in a row, at least 1
   */
  public static Duration pause(int failed) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failed - 1, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
  }

  /** Whether this thread was told to end. */
  public static boolean isOver() {
    return Thread.currentThread().isInterrupted();
  }

  /** Waits; an interruption ends it. */
  public static void sleep(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
