package io.bisift.core.rerank;

import io.bisift.core.metrics.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How often N candidates, drawn at random from a problem's M without putting back, lead to a right
 * answer. A problem with fewer than N candidates counts with all it has.
 */
final class Chances {
  /** Subsets that a vote is held over where there are more than these. */
  private static final int VOTES = 200;

  private final List<Candidate> candidates;
  private final long seed;

  /**
   * @param candidates of one problem, in the order of their places
   * @param seed of the votes
   */
  Chances(List<Candidate> candidates, long seed) {
    this.candidates = candidates;
    this.seed = seed;
  }

  private int drawn(int n) {
    return Math.min(n, candidates.size());
  }

  /**
   * Of the best of N by an aggregation being right: the mean over all subsets, in closed form.
   * Among equal scores each is as likely to be taken.
   *
   * @param index of the aggregation
   */
  double bestOf(int n, int index) {
    List<Candidate> best = new ArrayList<>(candidates);
    best.sort(Comparator.comparingDouble((Candidate c) -> c.aggregated().get(index)).reversed());
    int m = best.size();
    int drawn = drawn(n);
    double chance = 0;
    double none = 1; // that all drawn are from this rank on
    for (int from = 0; from < m; ) {
      double score = best.get(from).aggregated().get(index);
      int to = from;
      int right = 0;
      while (to < m && best.get(to).aggregated().get(index) == score) {
        right += best.get(to++).correct() ? 1 : 0;
      }
      double behind = allFrom(m, m - to, drawn);
      chance += (none - behind) * right / (to - from);
      none = behind;
      from = to;
    }
    return chance;
  }

  /** Of at least one of N being right: in closed form. */
  double pass(int n) {
    int m = candidates.size();
    int right = (int) candidates.stream().filter(Candidate::correct).count();
    return 1 - allFrom(m, m - right, drawn(n));
  }

  /** The chance that all drawn of m are among a certain k: C(k, drawn) / C(m, drawn). */
  private static double allFrom(int m, int k, int drawn) {
    double chance = 1;
    for (int i = 0; i < drawn; i++) {
      chance *= Math.max(0, k - i) / (double) (m - i);
    }
    return chance;
  }

  /**
   * Of the most frequent answer among N being right: exact where N is 1 or takes all candidates,
   * else the mean over {@value #VOTES} seeded subsets. Answers with equally many votes share them.
   *
   * @return nothing if no candidate has an answer
   */
  OptionalDouble majority(int n) {
    if (candidates.stream().allMatch(candidate -> candidate.answer() == null)) {
      return OptionalDouble.empty();
    }
    int m = candidates.size();
    int drawn = drawn(n);
    if (drawn == m) {
      return OptionalDouble.of(vote(candidates));
    } else if (drawn == 1) {
      long right = candidates.stream().filter(c -> c.answer() != null && c.correct()).count();
      return OptionalDouble.of((double) right / m);
    }
    double sum = 0;
    List<Candidate> shuffled = new ArrayList<>(candidates);
    Draws draws = Draws.of(seed, candidates.get(0).place() * 31 + n);
    for (int vote = 0; vote < VOTES; vote++) {
      for (int i = 0; i < drawn; i++) {
        int other = i + draws.below(m - i);
        Candidate swapped = shuffled.get(i);
        shuffled.set(i, shuffled.get(other));
        shuffled.set(other, swapped);
      }
      sum += vote(shuffled.subList(0, drawn));
    }
    return OptionalDouble.of(sum / VOTES);
  }

  /** How right the winners are; 0 if nobody has an answer. */
  private static double vote(List<Candidate> voters) {
    Map<String, int[]> byAnswer = new HashMap<>(); // votes, right ones
    for (Candidate voter : voters) {
      if (voter.answer() != null) {
        int[] votes = byAnswer.computeIfAbsent(voter.answer(), key -> new int[2]);
        votes[0]++;
        votes[1] += voter.correct() ? 1 : 0;
      }
    }
    int most = byAnswer.values().stream().mapToInt(votes -> votes[0]).max().orElse(0);
    int winners = 0;
    int right = 0;
    for (int[] votes : byAnswer.values()) {
      winners += votes[0] == most ? 1 : 0;
      right += votes[0] == most ? votes[1] : 0;
    }
    return winners == 0 ? 0 : (double) right / most / winners;
  }
}
