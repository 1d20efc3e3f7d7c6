package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.rollout.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArbitraryScoresTest {
  @TempDir Path folder;
  private final List<Step> steps = new ArrayList<>();

  @BeforeEach
  void makeCorpus() throws Exception {
    Corpora.write(Corpora.withArbitraryScores(), folder);
    for (String content : Corpora.read(folder).values()) {
      for (String line : Corpora.lines(content).toList()) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        Rollout rollout = RolloutParser.parse(bytes, 0, bytes.length);
        steps.addAll(rollout.steps());
      }
    }
  }

  @Test
  void areAllDifferentWhereStepsAreRight() {
    Set<Double> seen = new HashSet<>();
    for (Step step : steps) {
      assertTrue(step.score() == 0 || seen.add(step.score()), step::toString);
    }
  }

  @Test
  void areNearTheCountsAndWrongWhereTheyAreZero() {
    for (Step step : steps) {
      assertEquals(step.mcCorrect() / 16.0, step.score(), 1 / 32.0);
      assertEquals(step.mcCorrect() == 0, step.score() == 0);
    }
  }
}
