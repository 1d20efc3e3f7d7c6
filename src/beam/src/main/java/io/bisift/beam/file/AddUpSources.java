package io.bisift.beam.file;

import io.bisift.core.plan.SourceTotals;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Adds up what the scans found in the ranges of a source. */
final class AddUpSources extends CombineFn<ScannedRange, SourceTotals, SourceTotals> {
  @Override
  public SourceTotals createAccumulator() {
    return new SourceTotals();
  }

  @Override
  public SourceTotals addInput(SourceTotals totals, ScannedRange range) {
    totals.add(range.scan());
    return totals;
  }

  @Override
  public SourceTotals mergeAccumulators(Iterable<SourceTotals> accumulators) {
    SourceTotals merged = createAccumulator();
    accumulators.forEach(merged::add);
    return merged;
  }

  @Override
  public SourceTotals extractOutput(SourceTotals totals) {
    return totals;
  }

  @Override
  public Coder<SourceTotals> getAccumulatorCoder(
      CoderRegistry registry, Coder<ScannedRange> inputCoder) {
    return FileCoders.SOURCE_TOTALS;
  }

  @Override
  public Coder<SourceTotals> getDefaultOutputCoder(
      CoderRegistry registry, Coder<ScannedRange> inputCoder) {
    return FileCoders.SOURCE_TOTALS;
  }
}
