package io.bisift.core.stream;

import io.bisift.core.UserException;
import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Windows of event time, all of one length, counted from 1970: a group of records is what a source
 * has in one of them. How far event time has come, the watermark, closes windows: what comes for a
 * closed one is late.
 *
 * @param length of a window in milliseconds, whole seconds
 * @param lateness how long after its end a window is open, in milliseconds of event time
 * @param idleness when a log shard without news does not hold up the watermark any more, in
 *     milliseconds of the clock
 */
public record EventWindows(long length, long lateness, long idleness) implements Serializable {
  private static final long SECOND = 1000;
  private static final char BEFORE_START = '@';

  /**
   * @throws UserException if a value makes no sense
   */
  public EventWindows {
    if (length < SECOND || length % SECOND != 0) {
      throw UserException.usage("--window must be whole seconds, was " + length + " ms");
    }
    if (lateness < 0 || idleness < 1) {
      throw new IllegalArgumentException("negative: " + lateness + ", " + idleness);
    }
  }

  /**
   * The group of a record: {@code SOURCE@START}, with the start as in {@code 2026-11-25T22:00:00Z}.
   *
   * @param time of the event, in milliseconds since 1970
   */
  public String group(String source, long time) {
    return source + BEFORE_START + Instant.ofEpochMilli(Math.floorDiv(time, length) * length);
  }

  /**
   * Whether a group is a window that is closed, so that records that come for it are late.
   *
   * @param watermark in milliseconds since 1970
   */
  public boolean isClosed(String group, long watermark) {
    try {
      Instant start = Instant.parse(group.substring(group.lastIndexOf(BEFORE_START) + 1));
      return start.toEpochMilli() + length + lateness <= watermark;
    } catch (DateTimeParseException e) {
      return false; // a group of mended records
    }
  }
}
