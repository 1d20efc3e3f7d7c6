package io.bisift.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.trainer.config.RunOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  @Test
  void worksOutByHand() {
    Metrics metrics =
        Metrics.of(0.5, List.of(true, true, false, false, true), List.of(0.9, 0.4, 0.4, 0.6, 0.5));
    assertEquals(0.6, metrics.accuracy(), 1e-12); // 0.9, 0.5 rightly yes, 0.4 rightly no
    // right: 2 hits, 1 called right wrongly, 1 missed; wrong: 1 hit, 1 and 1
    assertEquals((2 * 2 / 6.0 + 2 * 1 / 4.0) / 2, metrics.macroF1(), 1e-12);
    // pairs (right, wrong): .9>.4 .9>.6 .4=.4 .4<.6 .5>.4 .5<.6
    assertEquals((1 + 1 + 0.5 + 0 + 1 + 0) / 6, metrics.auc(), 1e-12);
    assertEquals(0.5, metrics.score(RunOptions.Metric.LOSS));
    assertEquals(-0.6, metrics.score(RunOptions.Metric.ACCURACY));
  }

  @Test
  void oneKindHasNoAuc() {
    Metrics metrics = Metrics.of(0.1, List.of(true, true), List.of(0.7, 0.8));
    assertTrue(Double.isNaN(metrics.auc()));
    assertEquals(0.5, metrics.macroF1());
    assertEquals(5 - 1, metrics.values().size());
  }
}
