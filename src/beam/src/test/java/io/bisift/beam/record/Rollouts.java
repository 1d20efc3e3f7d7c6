package io.bisift.beam.record;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rollouts for tests. */
final class Rollouts {
  private Rollouts() {}

  static SourcedRollout of(String source, long order, double... scores) {
    return large(source, order, 1, scores);
  }

  /** With so many characters in each step. */
  static SourcedRollout large(String source, long order, int characters, double... scores) {
    List<Step> steps = new ArrayList<>();
    for (double score : scores) {
      steps.add(new Step("s".repeat(characters), score, Math.round(score * 16), 16L));
    }
    return new SourcedRollout(source, order, new Rollout(Images.one("a.png"), "q", steps));
  }

  /** Scores K/16, or arbitrary doubles. */
  static SourcedRollout random(String source, long order, Random random, boolean sixteenths) {
    double[] scores = new double[1 + random.nextInt(5)];
    for (int i = 0; i < scores.length; i++) {
      double any = random.nextInt(3) == 0 ? 0 : random.nextDouble();
      scores[i] = sixteenths ? Math.floor(any * 4) / 4 : any;
    }
    return of(source, order, scores);
  }
}
