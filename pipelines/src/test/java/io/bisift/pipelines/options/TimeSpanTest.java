package io.bisift.pipelines.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "10s,10000", "5m,300000", "2 h,7200000", "1d,86400000"})
  void reads(String text, long millis) {
    assertEquals(millis, TimeSpan.millis("--wait", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "10", "s", "-1s", "1.5h", "9999999999s"})
  void refuses(String text) {
    assertThrows(UserException.class, () -> TimeSpan.millis("--wait", text));
  }

  @Test
  void saysWhatIsWrong() {
    UserException refusal =
        assertThrows(UserException.class, () -> TimeSpan.millis("--wait", "soon"));
    assertEquals("--wait must be a time such as 10s, 5m or 1h, was soon", refusal.getMessage());
  }
}
