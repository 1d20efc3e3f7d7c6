package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short ways to say what a line must give. */
final class Lines {
  /** A list of one good step. */
  static final String STEPS = "\"steps_with_score\":[{\"step\":\"a\",\"score\":0.5}]";

  private Lines() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A good line with these members in front. */
  static byte[] with(String members) {
    return utf8("{" + members + "," + STEPS + "}");
  }

  /** A good line whose only step has this score. */
  static byte[] withScore(String score) {
    return utf8("{\"steps_with_score\":[{\"step\":\"a\",\"score\":" + score + "}]}");
  }

  /** ASCII with bytes in hex between angle brackets: {@code "a<c3a9>b"}. */
  static byte[] bytes(String text) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '<') {
        int end = text.indexOf('>', i);
        hex.append(text, i + 1, end);
        i = end;
      } else {
        hex.append(HexFormat.of().toHexDigits((byte) text.charAt(i)));
      }
    }
    return HexFormat.of().parseHex(hex);
  }

  static Rollout usable(byte[] line) {
    try {
      return notBlank(RolloutParser.parse(line, 0, line.length));
    } catch (RejectedRecordException e) {
      throw new AssertionError("rejected: " + new String(line, StandardCharsets.UTF_8), e);
    }
  }

  private static Rollout notBlank(@Nullable Rollout rollout) {
    assertNotNull(rollout, "blank");
    return rollout;
  }

  static List<Step> steps(String... steps) {
    return usable(utf8("{\"steps_with_score\":[" + String.join(",", steps) + "]}")).steps();
  }

  /** Asserts that the line is rejected and returns the reason. */
  static String rejected(Defect defect, byte[] line) {
    RejectedRecordException e =
        assertThrows(
            RejectedRecordException.class,
            () -> RolloutParser.parse(line, 0, line.length),
            () -> new String(line, StandardCharsets.UTF_8));
    assertEquals(defect, e.defect(), () -> new String(line, StandardCharsets.UTF_8));
    return String.valueOf(e.getMessage());
  }
}
