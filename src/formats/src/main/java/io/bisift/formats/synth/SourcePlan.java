package io.bisift.formats.synth;

/**
 * How many of everything one source of a corpus has, for any first part of it. Totals of a part are
 * rounded totals of the rollouts up to its end less those up to its start, so they add up exactly
 * however the source is cut.
 */
final class SourcePlan {
  /** Share of mixed rollouts (right and wrong steps) in the corpus. */
  private static final double MIXED = 0.08;

  /** One in so many failing rollouts is wrong from its first step on. */
  private static final int ONE_ALL_WRONG_IN = 8;

  /** Share of failing rollouts for each point of score that a source lacks. */
  private static final double FAILING_PER_LACK = failingPerLack();

  private final SourceFacts facts;
  private final long rollouts;

  SourcePlan(SourceFacts facts, double scale) {
    this.facts = facts;
    this.rollouts = Math.max(1, Math.round(facts.rollouts() * scale));
  }

  private static double failingPerLack() {
    double lack = 0;
    long rollouts = 0;
    for (SourceFacts source : PublishedSources.ALL) {
      lack += source.rollouts() * (1 - source.meanScore());
      rollouts += source.rollouts();
    }
    double failing = MIXED * ONE_ALL_WRONG_IN / (ONE_ALL_WRONG_IN - 1);
    return failing * rollouts / lack;
  }

  SourceFacts facts() {
    return facts;
  }

  long rollouts() {
    return rollouts;
  }

  /** Steps of the first so many rollouts. */
  long steps(long first) {
    return Math.round(first * facts.stepsPerRollout());
  }

  /** Sum of K over the steps of the first so many rollouts. */
  long correct(long first) {
    return Math.round(steps(first) * facts.meanScore() * McScores.SEQUENCES);
  }

  /** How many of the first so many rollouts go wrong somewhere, and stay wrong. */
  long failing(long first) {
    return Math.round(first * (1 - facts.meanScore()) * FAILING_PER_LACK);
  }

  /** How many of the first so many rollouts are wrong from the start. */
  long allWrong(long first) {
    return failing(first) / ONE_ALL_WRONG_IN;
  }
}
