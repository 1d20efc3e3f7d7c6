package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"\\ud800\":1} | {\"\\uE000\":1}",
        "{\"a\\uDFFFb\" \t:1} | {\"a\\uE0FFb\" \t:1}",
        "{\"\\ud83d\\ude00\":1} | {\"\\uE03d\\uE000\":1}",
        "{\"x\":{\"\\ud8zz\":1}} | {\"x\":{\"\\uE0zz\":1}}",
        "{\"\\\"\\ud800\":1} | {\"\\\"\\uE000\":1}",
        "{\"\\\\\\ud800\":1} | {\"\\\\\\uE000\":1}"
      })
  void masksSurrogatesInNames(String json, String masked) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertTrue(SurrogateNames.mask(bytes));
    assertEquals(masked, new String(bytes, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"\\ud800\"}",
        "[\"\\ud800\"]",
        "{\"a\\\\ud800\":1}",
        "{\"\\ud7ff\\ue000\\u0d80\":1}",
        "{\"\\ud800",
        "\"\\ud800\"",
        "\\ud800:",
        "{\"a\\",
        "{}"
      })
  void leavesAllElse(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertFalse(SurrogateNames.mask(bytes));
    assertEquals(json, new String(bytes, StandardCharsets.UTF_8));
  }
}
