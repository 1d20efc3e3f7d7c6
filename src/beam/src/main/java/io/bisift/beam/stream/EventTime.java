package io.bisift.beam.stream;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Times as records bear them. */
public final class EventTime {
  private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");

  private EventTime() {}

  /**
   * Milliseconds since 1970.
   *
   * @param text these, or ISO 8601 with an offset, as in {@code 2026-11-25T22:00:00Z}
   * @return nothing if it is no time
   */
  public static OptionalLong parse(String text) {
    if (MILLIS.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text));
    }
    try {
      return text.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
