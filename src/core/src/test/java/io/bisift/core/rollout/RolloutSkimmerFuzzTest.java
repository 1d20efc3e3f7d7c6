package io.bisift.core.rollout;

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
  private static final long LINES = Long.getLong("bisift.fuzz.lines", 100_000);
  private static final long SEED = Long.getLong("bisift.fuzz.seed", 2026);

  private final SkimmerCheck check = new SkimmerCheck();

  /** What the skimmer said of many lines. */
  private final class Tally {
    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private long missed;
    private long writable;
    private long copied;

    Tally(LineMutator lines) {
      for (long i = 0; i < LINES; i++) {
        add(lines.next());
      }
    }

    private void add(byte[] line) {
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

    long count(Answer answer) {
      return answers.getOrDefault(answer, 0L);
    }

    @Override
    public String toString() {
      return answers
          + ", of the unsure could be ranked "
          + missed
          + ", writable "
          + writable
          + ", copied "
          + copied;
    }
  }

  @Test
  void neverDisagreesOnMutatedLines() {
    Tally tally = new Tally(LineMutator.of(SEED));
    assertTrue(
        tally.count(Answer.RANKED) > LINES / 10 && tally.count(Answer.RANKED) > tally.missed,
        tally::toString);
    assertTrue(tally.count(Answer.UNSURE) > LINES / 10, tally::toString);
    assertTrue(tally.count(Answer.BLANK) > 0, tally::toString);
    assertTrue(tally.writable > LINES / 20, tally::toString);
    assertTrue(tally.copied > LINES / 40, tally::toString);
  }

  /** Most of these lines the skimmer ranks, and copies. */
  @Test
  void neverDisagreesOnGentlyMutatedLines() {
    Tally tally = new Tally(LineMutator.gently(SEED, this::isCopied));
    assertTrue(tally.count(Answer.RANKED) > LINES / 2, tally::toString);
    assertTrue(tally.writable > LINES * 2 / 5, tally::toString);
    assertTrue(tally.copied > LINES * 2 / 5, tally::toString);
  }

  private boolean isCopied(byte[] line) {
    return check.answer(line) == Answer.RANKED
        && check.skimmer.isWritable()
        && check.skimmer.spans().isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_ties", "e_one", "i_all_negative", "j_all_positive", "l_float"})
  void answersForUsualLines(String file) {
    for (byte[] line : TestData.lines("/golden/edges/" + file + ".jsonl.gz")) {
      assertTrue(isCopied(line), file);
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
