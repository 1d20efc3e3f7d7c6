package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SourcePlanTest {
  @Test
  void atFullSizeThereAreThePublishedNumbers() {
    for (SourceFacts source : PublishedSources.ALL) {
      SourcePlan plan = new SourcePlan(source, 1);

      assertEquals(source.rollouts(), plan.rollouts(), source.name());
      assertEquals(source.steps(), plan.steps(plan.rollouts()), source.name());
    }
  }

  @Test
  void blocksAddUpToTheirSource() {
    CorpusPlan plan = new CorpusPlan(Corpora.ofScale(0.3));

    assertEquals(plan.steps(), plan.blocks().stream().mapToLong(Block::steps).sum());
    assertEquals(plan.rollouts(), plan.blocks().stream().mapToLong(Block::rollouts).sum());
  }
}
