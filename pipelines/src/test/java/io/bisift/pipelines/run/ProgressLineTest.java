package io.bisift.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MB = 1 << 20;

  @Test
  void measuresEachPhaseFromItsOwnStart() {
    ProgressLine line = new ProgressLine(100 * MB);
    assertEquals("scanning   0 %  0 B of 100.0 MB  0 rollouts", line.at(Counters.NONE, 0));
    assertEquals(
        "scanning  10 %  10.0 MB of 100.0 MB  7 rollouts",
        line.at(new Counters(10 * MB, 7, 0, 0, 0), 60 * SECOND));
    assertEquals(
        "scanning  30 %  30.0 MB of 100.0 MB  9 rollouts  10.0 MB/s  7.0 s left",
        line.at(new Counters(30 * MB, 9, 0, 0, 0), 62 * SECOND));
    assertEquals(
        "checking  50 %  50.0 MB of 100.0 MB  30 rollouts",
        line.at(new Counters(100 * MB, 30, 50 * MB, 0, 0), 66 * SECOND));
    assertEquals(
        "writing   20 %  20.0 MB of 100.0 MB  3 records",
        line.at(new Counters(100 * MB, 30, 100 * MB, 20 * MB, 3), 70 * SECOND));
    assertEquals(
        "writing   21 %  21.0 MB of 100.0 MB  4 records  1.0 MB/s  1:19 min left",
        line.at(new Counters(100 * MB, 30, 100 * MB, 21 * MB, 4), 71 * SECOND));
  }

  @Test
  void copesWithNoInput() {
    assertEquals(
        "scanning 100 %  0 B of 0 B  0 rollouts", new ProgressLine(0).at(Counters.NONE, 5));
  }
}
