package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.ExpectedRollout.Outcome;
import io.bisift.core.text.PythonText;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The parser against a plain one on mutated lines. {@code -Dbisift.fuzz.lines} and {@code
 * -Dbisift.fuzz.seed} change how many and which.
 */
class RolloutParserFuzzTest {
  private static final long LINES = Long.getLong("bisift.fuzz.lines", 200_000);
  private static final long SEED = Long.getLong("bisift.fuzz.seed", 2026);

  @Test
  void readsMutatedLinesAsAPlainParserDoes() {
    LineMutator lines = LineMutator.of(SEED);
    Map<Defect, Long> rejected = new EnumMap<>(Defect.class);
    long blank = 0;
    long usable = 0;
    for (long i = 0; i < LINES; i++) {
      byte[] line = lines.next();
      Outcome outcome = check(line);
      if (outcome.defect() != null) {
        rejected.merge(outcome.defect(), 1L, Long::sum);
      } else if (outcome.rollout() == null) {
        blank++;
      } else {
        usable++;
      }
    }
    assertTrue(usable > LINES / 10, "too few usable lines to mean much: " + usable);
    assertTrue(blank > 0, "no blank line");
    for (Defect defect : Defect.values()) {
      boolean ofTheScan = defect.compareTo(Defect.SCORE_OUT_OF_RANGE) <= 0;
      if (ofTheScan && defect != Defect.TOO_DEEP) { // has tests of its own
        assertTrue(rejected.getOrDefault(defect, 0L) > LINES / 2000, defect + ": " + rejected);
      }
    }
  }

  private static Outcome check(byte[] line) {
    Outcome expected = ExpectedRollout.of(line);
    byte[] buffer = new byte[line.length + 2]; // a quote on both sides: reading beyond would show
    buffer[0] = '"';
    buffer[line.length + 1] = '"';
    System.arraycopy(line, 0, buffer, 1, line.length);
    Defect defect = null;
    Rollout rollout = null;
    try {
      rollout = RolloutParser.parse(buffer, 1, 1 + line.length);
    } catch (RejectedRecordException e) {
      defect = e.defect();
      assertFalse(PythonText.hasLoneSurrogate(String.valueOf(e.getMessage())), show(line));
    } catch (RuntimeException e) {
      throw new AssertionError(show(line), e);
    }
    if (defect != expected.defect() || !same(rollout, expected.rollout())) {
      assertEquals(expected, new Outcome(defect, rollout), show(line));
    }
    return expected;
  }

  private static boolean same(@Nullable Rollout actual, @Nullable Rollout expected) {
    if (actual == null || expected == null) {
      return actual == null && expected == null;
    }
    return expected.steps().equals(actual.steps())
        && Objects.equals(expected.question(), actual.question())
        && expected.images().names().equals(actual.images().names())
        && expected.images().list() == actual.images().list();
  }

  private static String show(byte[] line) {
    return new String(line, StandardCharsets.UTF_8) + " = " + HexFormat.of().formatHex(line);
  }
}
