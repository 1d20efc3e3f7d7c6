package io.bisift.pipelines.options;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write and read them; 1 KB = 1024 bytes. */
public final class ByteSize {
  private static final Pattern FORM =
      Pattern.compile("(\\d+|\\d+\\.\\d+)\\s*(?:([KMGT])(?:I?B)?|B)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMGT";
  private static final int STEP = 10;

  private ByteSize() {}

  /** The bytes that {@code 4096}, {@code 64KB}, {@code 16 MiB} or {@code 1.5g} mean. */
  public static Optional<Long> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String unit = form.group(2);
    int power = unit == null ? 0 : UNITS.indexOf(unit.toUpperCase(Locale.ROOT)) + 1;
    double bytes = Double.parseDouble(form.group(1)) * (1L << (STEP * power));
    return bytes < Long.MAX_VALUE ? Optional.of((long) bytes) : Optional.empty();
  }

  /** For the eye: {@code 0 B}, {@code 15.3 MB}. */
  public static String format(long bytes) {
    double value = bytes;
    int power = 0;
    while (value >= 1 << STEP && power < UNITS.length()) {
      value /= 1 << STEP;
      power++;
    }
    return power == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%.1f %cB", value, UNITS.charAt(power - 1));
  }
}
