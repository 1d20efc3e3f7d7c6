package io.bisift.pipelines.options;

import io.bisift.core.UserException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class TimeSpan {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private TimeSpan() {}

  /**
   * The milliseconds that {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h} or {@code 1d} mean.
   *
   * @param option that the text was given for
   * @throws UserException if it means nothing, or no time at all
   */
  public static long millis(String option, String text) {
    return atLeast(1, option, text);
  }

  /**
   * The same, where {@code 0s} is a time, too.
   *
   * @param option that the text was given for
   * @throws UserException if it means nothing
   */
  public static long millisOrNone(String option, String text) {
    return atLeast(0, option, text);
  }

  private static long atLeast(long least, String option, String text) {
    Matcher form = FORM.matcher(text.strip());
    long millis = form.matches() ? Long.parseLong(form.group(1)) * MILLIS.get(form.group(2)) : -1;
    if (millis < least) {
      throw UserException.usage(option + " must be a time such as 10s, 5m or 1h, was " + text);
    }
    return millis;
  }
}
