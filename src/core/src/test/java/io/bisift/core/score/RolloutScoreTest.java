package io.bisift.core.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutScoreTest {
  private static RolloutScore of(@Nullable Double... scores) {
    List<Step> steps =
        Arrays.stream(scores).map(score -> new Step("s", score, null, null)).toList();
    return RolloutScore.of(new Rollout(Images.one("i"), "q", steps));
  }

  @Test
  void halfRightIsTheBestMixture() {
    RolloutScore score = of(1.0, 0.5, 0.0, 0.0);
    assertEquals(new RolloutScore(4, 2, 0.75), score);
    assertEquals(0.5, score.positiveShare());
    assertEquals(0.25, score.mixture());
    assertTrue(score.mixed());
    assertEquals((0.25 + 0.05) * 0.75, score.balancedInformation(0.05));
    assertEquals(0.25 * 0.75, score.balancedInformation(0));
  }

  @Test
  void allRightCountsThroughAlphaOnly() {
    RolloutScore score = of(1.0, 0.25);
    assertEquals(new RolloutScore(2, 2, 0.625), score);
    assertEquals(0, score.mixture());
    assertFalse(score.mixed());
    assertEquals(0.05 * 0.625, score.balancedInformation(0.05));
  }

  @Test
  void allWrongIsFullyReliable() {
    RolloutScore score = of(0.0, -0.0, 0.0);
    assertEquals(new RolloutScore(3, 0, 1.0), score);
    assertFalse(score.mixed());
    assertEquals(0.05, score.balancedInformation(RolloutScore.DEFAULT_ALPHA));
  }

  @Test
  void looksAtTheFirstScoresOnly() {
    double[] scores = {0.5, 0.0, 1.0, 7};
    assertEquals(new RolloutScore(3, 2, 0.75), RolloutScore.of(scores, 3));
    assertEquals(new RolloutScore(1, 1, 0.5), RolloutScore.of(scores, 1));
    assertThrows(IllegalArgumentException.class, () -> RolloutScore.of(scores, 0));
  }

  @Test
  void aThirdRoundsAsItDoesInPython() {
    RolloutScore score = of(0.0625, 0.0, 0.0);
    assertEquals(0.3333333333333333, score.positiveShare());
    assertEquals(0.22222222222222224, score.mixture());
    assertEquals(0.01701388888888889, score.balancedInformation(0.05));
  }

  @Test
  void stepsWithoutScoreDoNotCount() {
    assertEquals(of(1.0, 0.0), of(null, 1.0, null, 0.0, null));
  }

  @Test
  void theSmallestScoreIsPositive() {
    assertEquals(new RolloutScore(2, 1, Double.MIN_VALUE), of(Double.MIN_VALUE, 0.0));
  }

  @Test
  void sumsRunLeftToRightUncompensated() {
    Double[] tenths = DoubleStream.generate(() -> 0.1).limit(10).boxed().toArray(Double[]::new);
    double compensated = DoubleStream.generate(() -> 0.1).limit(10).sum();
    assertEquals(0.09999999999999999, of(tenths).reliability());
    assertNotEquals(compensated / 10, of(tenths).reliability());

    double half = 0x1p-53;
    assertEquals(1.0 / 3, of(1.0, half, half).reliability());
    assertEquals(0.3333333333333334, of(half, half, 1.0).reliability());
    assertNotEquals(of(1.0, half, half).reliability(), of(half, half, 1.0).reliability());
  }

  @Property
  void isWithinItsBounds(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(max = 1) Double> scores,
      @ForAll @DoubleRange(max = 1) double alpha) {
    RolloutScore score = of(scores.toArray(Double[]::new));
    assertTrue(score.mixture() >= 0 && score.mixture() <= 0.25);
    double bis = score.balancedInformation(alpha);
    assertTrue(bis >= 0 && bis <= 0.25 + alpha, "BIS " + bis);
    assertEquals(scores.size(), score.n());
  }

  @Test
  void refusesCountsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new RolloutScore(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RolloutScore(2, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new RolloutScore(2, -1, 1));
  }
}
