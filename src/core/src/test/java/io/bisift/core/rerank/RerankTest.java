package io.bisift.core.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Best-of-N against every subset there is. */
class RerankTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void aggregationsAreAsNamed() {
    double[] scores = {0.5, 0.8, 0.25};
    double[] expected = {
      (0.5 + 0.8 + 0.25) / 3,
      0.25,
      0.1,
      0.25,
      0.8,
      Math.log(1) + Math.log(4) + Math.log(1 / 3.0),
      Math.log(0.5) + Math.log(0.8) + Math.log(0.25),
      (1 + 4 + 1 / 3.0) / 3
    };
    int at = 0;
    for (Aggregation aggregation : Aggregation.values()) {
      assertEquals(expected[at++], aggregation.of(scores), TOLERANCE);
    }
    for (Aggregation aggregation : Aggregation.values()) {
      double sure = aggregation.of(new double[] {1, 0, 1});
      assertFalse(Double.isNaN(sure) || Double.isInfinite(sure), aggregation.word());
    }
  }

  private static List<Candidate> candidates(Random random, int count) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean right = random.nextInt(3) == 0;
      double[] scores = {random.nextInt(5) / 4.0}; // ties are common
      candidates.add(Candidate.of(i, right ? "1" : "" + random.nextInt(4), right, scores));
    }
    return candidates;
  }

  @Test
  void closedFormsAreTheMeanOverAllSubsets() {
    Random random = new Random(3);
    for (int round = 0; round < 60; round++) {
      int m = 1 + random.nextInt(8);
      List<Candidate> candidates = candidates(random, m);
      List<Candidate> shuffled = new ArrayList<>(candidates);
      Collections.shuffle(shuffled, random);
      ProblemChances problem = ProblemChances.of(shuffled, 1);
      assertEquals(ProblemChances.of(candidates, 1), problem);
      for (ProblemChances.At at : problem.at()) {
        double best = 0;
        double pass = 0;
        int subsets = 0;
        for (int bits = 0; bits < 1 << m; bits++) {
          if (Integer.bitCount(bits) == at.n()) {
            List<Candidate> subset = subset(candidates, bits);
            subsets++;
            best += bestIsRight(subset);
            pass += subset.stream().anyMatch(Candidate::correct) ? 1 : 0;
          }
        }
        assertEquals(best / subsets, at.best().get(0), TOLERANCE);
        assertEquals(pass / subsets, at.pass(), TOLERANCE);
      }
    }
  }

  private static List<Candidate> subset(List<Candidate> candidates, int bits) {
    List<Candidate> subset = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if ((bits >> i & 1) == 1) {
        subset.add(candidates.get(i));
      }
    }
    return subset;
  }

  private static double bestIsRight(List<Candidate> subset) {
    double most = subset.stream().mapToDouble(c -> c.aggregated().get(0)).max().orElseThrow();
    List<Candidate> best = subset.stream().filter(c -> c.aggregated().get(0) == most).toList();
    return (double) best.stream().filter(Candidate::correct).count() / best.size();
  }

  @Test
  void votesOverAllAreCountedAndOverSubsetsEstimated() {
    List<Candidate> candidates =
        List.of(vote(0, "a", true), vote(1, "b", false), vote(2, "b", false), vote(3, null, true));
    ProblemChances problem = ProblemChances.of(candidates, 5);
    assertEquals(0.0, problem.at(4).majority()); // two votes for b
    assertEquals(0.25, problem.at(1).majority()); // an answer that is not known wins nothing
    // of six pairs one is for b; a ties with b in two of the others, and is alone in one
    assertEquals((0 + 2 * 0.5 + 1) / 6, problem.at(2).majority(), 0.1);
    List<Candidate> tied = List.of(vote(0, "a", true), vote(1, "b", false));
    assertEquals(0.5, ProblemChances.of(tied, 5).at(2).majority());
    List<Candidate> silent = List.of(vote(0, null, true), vote(1, null, false));
    assertEquals(Double.NaN, ProblemChances.of(silent, 5).at(2).majority());
  }

  private static Candidate vote(long place, String answer, boolean right) {
    return Candidate.of(place, answer, right, new double[] {0.5});
  }

  @Test
  void problemsAddUpInAnyOrder() {
    Random random = new Random(9);
    List<ProblemChances> problems = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (Candidate candidate : candidates(random, 1 + random.nextInt(5))) {
        candidates.add(
            new Candidate(
                100L * i + candidate.place(),
                candidate.answer(),
                candidate.correct(),
                candidate.aggregated()));
      }
      problems.add(ProblemChances.of(candidates, 2));
    }
    RerankMetrics metrics = RerankMetrics.of(problems, 50, 4);
    Collections.shuffle(problems, random);
    assertEquals(metrics, RerankMetrics.of(problems, 50, 4));
    RerankMetrics.At first = metrics.curves().get("pass").get(0);
    assertEquals(1, first.n());
    assertEquals(
        problems.stream().mapToDouble(p -> p.at(1).pass()).average().orElseThrow(),
        first.accuracy(),
        TOLERANCE);
    // with one candidate there is nothing to choose
    assertEquals(first.accuracy(), metrics.curves().get("mean").get(0).accuracy(), TOLERANCE);
    assertEquals(0, RerankMetrics.of(List.of(), 10, 0).problems());
  }
}
