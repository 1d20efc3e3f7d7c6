package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.TestData;
import io.bisift.core.rollout.RolloutSkimmer.Answer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The skimmer against the full parse. {@code -Dbisift.fuzz.lines} and {@code -Dbisift.fuzz.seed}
 * change how many mutated lines and which.
 */
class RolloutSkimmerFuzzTest {
  private static final long LINES = Long.getLong("bisift.fuzz.lines", 200_000);
  private static final long SEED = Long.getLong("bisift.fuzz.seed", 2026);

  private final SkimmerCheck check = new SkimmerCheck();

  @Test
  void neverDisagreesOnMutatedLines() {
    LineMutator lines = new LineMutator(SEED);
    Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    long missed = 0;
    long writable = 0;
    long copied = 0;
    for (long i = 0; i < LINES; i++) {
      byte[] line = lines.next();
      Answer answer = check.answer(line);
      answers.merge(answer, 1L, Long::sum);
      if (answer == Answer.UNSURE && SkimmerCheck.isRanked(line)) {
        missed++;
      }
      if (answer == Answer.RANKED && check.skimmer.isWritable()) {
        writable++;
        copied += check.skimmer.spans().isPresent() ? 1 : 0;
      }
    }
    String counts =
        answers
            + ", of the unsure could be ranked "
            + missed
            + ", writable "
            + writable
            + ", copied "
            + copied;
    long ranked = answers.getOrDefault(Answer.RANKED, 0L);
    assertTrue(ranked > LINES / 10 && ranked > missed, counts);
    assertTrue(answers.getOrDefault(Answer.UNSURE, 0L) > LINES / 10, counts);
    assertTrue(answers.getOrDefault(Answer.BLANK, 0L) > 0, counts);
    assertTrue(writable > LINES / 20, counts);
    assertTrue(copied > LINES / 40, counts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_ties", "e_one", "i_all_negative", "j_all_positive", "l_float"})
  void answersForUsualLines(String file) {
    for (byte[] line : TestData.lines("/golden/edges/" + file + ".jsonl.gz")) {
      assertEquals(Answer.RANKED, check.answer(line), file);
      assertTrue(check.skimmer.isWritable(), file);
      assertTrue(check.skimmer.spans().isPresent(), file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edges/b_odd",
        "edges/c_crlf",
        "edges/d_no_final_newline",
        "edges/g_all_invalid",
        "edges/k_unicode",
        "poison/a_types",
        "poison/b_bytes",
        "poison/c_bom",
        "poison/d_deep"
      })
  void neverDisagreesOnOddLines(String file) {
    TestData.lines("/golden/" + file + ".jsonl.gz").forEach(check::answer);
  }
}
