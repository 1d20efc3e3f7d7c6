package io.bisift.beam.evaluate;

import io.bisift.core.metrics.ScoreTable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Adds up tables of scored items; in any order and any bundles to the same metrics. */
public final class AddUpScores extends CombineFn<ScoreTable, ScoreTable, ScoreTable> {
  @Override
  public ScoreTable createAccumulator() {
    return new ScoreTable();
  }

  @Override
  public ScoreTable addInput(ScoreTable sum, ScoreTable scores) {
    sum.addAll(scores);
    return sum;
  }

  @Override
  public ScoreTable mergeAccumulators(Iterable<ScoreTable> sums) {
    ScoreTable all = new ScoreTable();
    sums.forEach(all::addAll);
    return all;
  }

  @Override
  public ScoreTable extractOutput(ScoreTable sum) {
    return sum;
  }

  @Override
  public Coder<ScoreTable> getAccumulatorCoder(CoderRegistry registry, Coder<ScoreTable> input) {
    return EvaluationCoders.SCORES;
  }

  @Override
  public Coder<ScoreTable> getDefaultOutputCoder(CoderRegistry registry, Coder<ScoreTable> input) {
    return EvaluationCoders.SCORES;
  }
}
