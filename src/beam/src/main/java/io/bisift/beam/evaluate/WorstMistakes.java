package io.bisift.beam.evaluate;

import io.bisift.core.evaluation.Mistakes;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Keeps the worst of all mistakes. */
final class WorstMistakes extends CombineFn<Mistakes, Mistakes, Mistakes> {
  @Override
  public Mistakes createAccumulator() {
    return new Mistakes();
  }

  @Override
  public Mistakes addInput(Mistakes worst, Mistakes mistakes) {
    worst.addAll(mistakes);
    return worst;
  }

  @Override
  public Mistakes mergeAccumulators(Iterable<Mistakes> parts) {
    Mistakes worst = new Mistakes();
    parts.forEach(worst::addAll);
    return worst;
  }

  @Override
  public Mistakes extractOutput(Mistakes worst) {
    return worst;
  }

  @Override
  public Coder<Mistakes> getAccumulatorCoder(CoderRegistry registry, Coder<Mistakes> input) {
    return EvaluationCoders.MISTAKES;
  }

  @Override
  public Coder<Mistakes> getDefaultOutputCoder(CoderRegistry registry, Coder<Mistakes> input) {
    return EvaluationCoders.MISTAKES;
  }
}
