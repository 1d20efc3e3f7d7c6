package io.bisift.core.rerank;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One problem's chances of a right answer, for N = 1, 2, 4 … up to its number of candidates and
 * that number itself.
 *
 * @param place of its first candidate
 * @param candidates how many it has
 */
public record ProblemChances(long place, int candidates, List<At> at) {
  /**
   * Chances at one N.
   *
   * @param best by aggregation, in their order
   * @param majority NaN where no candidate has an answer
   */
  public record At(int n, List<Double> best, double pass, double majority) {}

  public ProblemChances {
    at = List.copyOf(at);
  }

  /**
   * The chances of a problem.
   *
   * @param unordered its candidates, at least one
   * @param seed of the votes
   */
  public static ProblemChances of(List<Candidate> unordered, long seed) {
    List<Candidate> candidates = new ArrayList<>(unordered);
    candidates.sort(Comparator.comparingLong(Candidate::place));
    Chances chances = new Chances(candidates, seed);
    List<At> at = new ArrayList<>();
    for (int n : counts(candidates.size())) {
      List<Double> best = new ArrayList<>();
      for (int i = 0; i < Aggregation.values().length; i++) {
        best.add(chances.bestOf(n, i));
      }
      OptionalDouble majority = chances.majority(n);
      at.add(new At(n, best, chances.pass(n), majority.orElse(Double.NaN)));
    }
    return new ProblemChances(candidates.get(0).place(), candidates.size(), at);
  }

  /** 1, 2, 4 … and the last one itself. */
  static List<Integer> counts(int last) {
    List<Integer> counts = new ArrayList<>();
    for (int n = 1; n < last; n *= 2) {
      counts.add(n);
    }
    counts.add(last);
    return counts;
  }

  /** The chances at N; at all candidates where there are not so many. */
  At at(int n) {
    for (At one : at) {
      if (one.n == n) {
        return one;
      }
    }
    return at.get(at.size() - 1);
  }

  public static void write(ProblemChances problem, DataOutput out) throws IOException {
    Wire.writeLong(problem.place, out);
    Wire.writeInt(problem.candidates, out);
    Wire.writeInt(problem.at.size(), out);
    for (At at : problem.at) {
      Wire.writeInt(at.n, out);
      for (double best : at.best) {
        out.writeDouble(best);
      }
      out.writeDouble(at.pass);
      out.writeDouble(at.majority);
    }
  }

  public static ProblemChances read(DataInput in) throws IOException {
    long place = Wire.readLong(in);
    int candidates = Wire.readInt(in);
    List<At> at = new ArrayList<>();
    for (int left = Wire.readInt(in); left > 0; left--) {
      int n = Wire.readInt(in);
      List<Double> best = new ArrayList<>();
      for (int i = 0; i < Aggregation.values().length; i++) {
        best.add(in.readDouble());
      }
      at.add(new At(n, best, in.readDouble(), in.readDouble()));
    }
    return new ProblemChances(place, candidates, at);
  }
}
