package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.stats.LabelStatistics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusStatisticsTest {
  private static final double SCALE = 0.01;

  @TempDir static Path folder;
  private static final Map<String, LabelStatistics.Summary> bySource = new HashMap<>();
  private static final LabelStatistics all = new LabelStatistics();
  private static long bytes;

  @BeforeAll
  static void makeCorpus() throws Exception {
    bytes = Corpora.write(Corpora.ofScale(SCALE), folder).bytes();
    for (Map.Entry<String, String> file : Corpora.read(folder).entrySet()) {
      LabelStatistics statistics = new LabelStatistics();
      for (String line : Corpora.lines(file.getValue()).toList()) {
        byte[] content = line.getBytes(StandardCharsets.ISO_8859_1);
        Rollout rollout = RolloutParser.parse(content, 0, content.length);
        statistics.add(rollout, RolloutScore.of(rollout));
      }
      bySource.put(file.getKey(), statistics.summary());
      all.add(statistics);
    }
  }

  private static LabelStatistics.Summary of(SourceFacts source) {
    return bySource.get(source.fileStem() + ".jsonl");
  }

  @Test
  void everySourceHasItsShareOfRollouts() {
    for (SourceFacts source : PublishedSources.ALL) {
      assertEquals(Math.round(source.rollouts() * SCALE), of(source).rollouts(), source.name());
    }
  }

  @Test
  void everySourceHasItsStepsPerRollout() {
    for (SourceFacts source : PublishedSources.ALL) {
      double rounding = 0.5 / of(source).rollouts();
      assertEquals(source.stepsPerRollout(), of(source).stepsPerRollout(), rounding, source.name());
    }
  }

  @Test
  void everySourceHasItsMeanScore() {
    for (SourceFacts source : PublishedSources.ALL) {
      assertEquals(source.meanScore(), of(source).meanMcScore(), 0.01, source.name());
    }
  }

  @Test
  void aboutEightPercentOfTheRolloutsAreMixed() {
    assertEquals(0.08, all.summary().mixedRatio(), 0.01);
  }

  @Test
  void linesAreAsLongAsPublishedOnes() {
    assertEquals(2650, (double) bytes / all.summary().rollouts(), 100);
  }

  @Test
  void theSmallestCorpusHasARolloutOfEachSource(@TempDir Path tiny) throws Exception {
    SynthSummary summary = Corpora.write(Corpora.ofScale(1e-9), tiny);

    assertEquals(38, summary.rollouts());
    assertTrue(summary.steps() >= 2 * 38, () -> summary.toString());
  }
}
