package io.bisift.beam.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class WaitingRolloutsTest {
  @Test
  void comeBackFromTheirCodedForm() throws IOException {
    Random random = new Random(3);
    WaitingRollouts waiting = new WaitingRollouts();
    SourcedRollout[] rollouts = new SourcedRollout[40];
    for (int i = 0; i < rollouts.length; i++) {
      rollouts[i] = Rollouts.random("x", 7L * i, random, false);
      waiting.add(random.nextLong(), rollouts[i]);
    }

    byte[] coded = CoderUtils.encodeToByteArray(WaitingRollouts.CODER, waiting);
    WaitingRollouts back = CoderUtils.decodeFromByteArray(WaitingRollouts.CODER, coded);

    assertEquals(rollouts.length, back.ranked().size());
    for (int i = 0; i < rollouts.length; i++) {
      assertEquals(rollouts[i], back.rollout(i));
      assertEquals(rollouts[i].order(), back.ranked().order(i));
      assertEquals(waiting.ranked().key(i), back.ranked().key(i));
    }
    assertArrayEquals(coded, CoderUtils.encodeToByteArray(WaitingRollouts.CODER, back));
  }

  @Test
  void sizeGrowsWithTheText() {
    WaitingRollouts waiting = new WaitingRollouts();
    SourcedRollout rollout = Rollouts.of("x", 1, 1, 0);
    waiting.add(0, rollout);
    waiting.add(0, rollout);

    assertTrue(WaitingRollouts.size(rollout) >= "qss".length());
    assertEquals(2 * WaitingRollouts.size(rollout), waiting.size());
  }
}
