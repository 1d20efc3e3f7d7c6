package io.bisift.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventWindowsTest {
  private static final EventWindows HOURS = new EventWindows(3_600_000, 600_000, 60_000);

  private static long time(String text) {
    return Instant.parse(text).toEpochMilli();
  }

  @Test
  void aWindowHasItsStartAndNotItsEnd() {
    assertEquals(
        "a.jsonl@2026-11-25T22:00:00Z", HOURS.group("a.jsonl", time("2026-11-25T22:00:00Z")));
    assertEquals(
        "a.jsonl@2026-11-25T22:00:00Z", HOURS.group("a.jsonl", time("2026-11-25T22:59:59.999Z")));
    assertEquals("a@b@1969-12-31T23:00:00Z", HOURS.group("a@b", -1));
  }

  @Test
  void isClosedWhenItsLatenessIsOver() {
    String group = "a@b@2026-11-25T22:00:00Z";
    assertFalse(HOURS.isClosed(group, Watermark.START));
    assertFalse(HOURS.isClosed(group, time("2026-11-25T23:09:59.999Z")));
    assertTrue(HOURS.isClosed(group, time("2026-11-25T23:10:00Z")));
    assertFalse(HOURS.isClosed(group + ":mended", Long.MAX_VALUE));
  }

  @Test
  void isOfWholeSeconds() {
    UserException refusal =
        assertThrows(UserException.class, () -> new EventWindows(1500, 0, 60_000));
    assertEquals("--window must be whole seconds, was 1500 ms", refusal.getMessage());
  }
}
