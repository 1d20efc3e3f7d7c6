package io.bisift.core.rerank;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One solution of a problem, with its score by each aggregation.
 *
 * @param place in the input's order; no other candidate has it
 * @param answer that it ends with; null where it is not known, so that it has no vote
 * @param correct whether that is right
 * @param aggregated by {@link Aggregation}, in their order
 */
public record Candidate(
    long place, @Nullable String answer, boolean correct, List<Double> aggregated) {
  public Candidate {
    aggregated = List.copyOf(aggregated);
  }

  /**
   * A candidate by the scores of its steps.
   *
   * @param scores at least one
   */
  public static Candidate of(
      long place, @Nullable String answer, boolean correct, double[] scores) {
    List<Double> aggregated = new ArrayList<>();
    for (Aggregation aggregation : Aggregation.values()) {
      aggregated.add(aggregation.of(scores));
    }
    return new Candidate(place, answer, correct, aggregated);
  }

  public static void write(Candidate candidate, DataOutput out) throws IOException {
    Wire.writeLong(candidate.place, out);
    Wire.writeNullable(candidate.answer, Wire::writeText, out);
    out.writeBoolean(candidate.correct);
    for (double score : candidate.aggregated) {
      out.writeDouble(score);
    }
  }

  public static Candidate read(DataInput in) throws IOException {
    long place = Wire.readLong(in);
    String answer = Wire.readNullable(Wire::readText, in);
    boolean correct = in.readBoolean();
    List<Double> aggregated = new ArrayList<>();
    for (int i = 0; i < Aggregation.values().length; i++) {
      aggregated.add(in.readDouble());
    }
    return new Candidate(place, answer, correct, aggregated);
  }
}
