package io.bisift.benchmarks.micro;

import io.bisift.benchmarks.SampleLines;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counting scores, adding counts up, and reading the cut off them. */
@State(Scope.Thread)
public class CutBenchmark {
  private static final double SCALE = 0.02;
  private static final double ALPHA = 0.2;
  private static final double RATIO = 0.1;

  /** How many histograms are added up: one per range of a source of 1 GB. */
  private static final int RANGES = 64;

  /** Whether no two scores are alike; else they come of multiples of 1/16. */
  @Param({"false", "true"})
  public boolean arbitrary;

  private long[] keys;
  private RankHistogram counted;
  private byte[] wire;

  @Setup
  public void setUp() throws IOException, RejectedRecordException {
    SampleLines sample = SampleLines.make(SCALE, arbitrary);
    keys = new long[sample.lines().size()];
    for (int i = 0; i < keys.length; i++) {
      byte[] line = sample.lines().get(i);
      RolloutScore score = RolloutScore.of(RolloutParser.parse(line, 0, line.length));
      keys[i] = RankHistogram.keyOf(score.balancedInformation(ALPHA));
    }
    counted = add();
    wire = write();
  }

  /** Counts the keys of 11,303 rollouts. */
  @Benchmark
  public RankHistogram add() {
    RankHistogram histogram = new RankHistogram();
    for (long key : keys) {
      histogram.add(key);
    }
    return histogram;
  }

  /** Adds up the histograms of 64 ranges. */
  @Benchmark
  public RankHistogram merge() {
    RankHistogram sum = new RankHistogram();
    for (int i = 0; i < RANGES; i++) {
      sum.addAll(counted);
    }
    return sum;
  }

  /** Reads the cut off a histogram, in as many rounds as it takes. */
  @Benchmark
  public Cut search() {
    CutSearch search = CutSearch.forBest((long) (keys.length * RATIO), keys.length).narrow(counted);
    while (!search.isOver()) {
      RankHistogram undecided = new RankHistogram();
      for (long key : keys) {
        if (search.contains(key)) {
          undecided.add(key);
        }
      }
      search = search.narrow(undecided);
    }
    return search.cut();
  }

  /** Writes a histogram as it travels between workers. */
  @Benchmark
  public byte[] write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RankHistogram.write(counted, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** Reads it back. */
  @Benchmark
  public RankHistogram read() throws IOException {
    return RankHistogram.read(new DataInputStream(new ByteArrayInputStream(wire)));
  }
}
