package io.bisift.formats.shard;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that no other file has, and that tell when they were given: UUIDs of version 7 (RFC 9562),
 * the first 48 bits of which are milliseconds since 1970.
 */
public final class TimedName {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private TimedName() {}

  /** A name given now. */
  public static String next() {
    UUID random = UUID.randomUUID();
    long tail = random.getMostSignificantBits() & 0xFFF;
    long time = (System.currentTimeMillis() << 16) | 0x7000 | tail;
    return new UUID(time, random.getLeastSignificantBits()).toString();
  }

  /** When the last such name in a text was given; nothing if there is none. */
  public static Optional<Instant> time(String text) {
    Matcher id = ID.matcher(text);
    Optional<Instant> time = Optional.empty();
    while (id.find()) {
      long millis = UUID.fromString(id.group()).getMostSignificantBits() >>> 16;
      time = Optional.of(Instant.ofEpochMilli(millis));
    }
    return time;
  }
}
