package io.bisift.beam.cut;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.select.RankHistogram;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Counts the keys of elements. */
final class HistogramFn<V> extends CombineFn<V, RankHistogram, RankHistogram> {
  static final Coder<RankHistogram> CODER =
      WireCoder.of(RankHistogram.class, RankHistogram::write, RankHistogram::read);

  private final Ranking<V> ranking;
  private final int maxBuckets;

  HistogramFn(Ranking<V> ranking, int maxBuckets) {
    this.ranking = ranking;
    this.maxBuckets = maxBuckets;
  }

  @Override
  public RankHistogram createAccumulator() {
    return new RankHistogram(maxBuckets);
  }

  @Override
  public RankHistogram addInput(RankHistogram histogram, V input) {
    ranking.addAll(input, histogram);
    return histogram;
  }

  @Override
  public RankHistogram mergeAccumulators(Iterable<RankHistogram> histograms) {
    RankHistogram merged = createAccumulator();
    histograms.forEach(merged::addAll);
    return merged;
  }

  @Override
  public RankHistogram extractOutput(RankHistogram histogram) {
    return histogram;
  }

  @Override
  public Coder<RankHistogram> getAccumulatorCoder(CoderRegistry registry, Coder<V> inputCoder) {
    return CODER;
  }

  @Override
  public Coder<RankHistogram> getDefaultOutputCoder(CoderRegistry registry, Coder<V> inputCoder) {
    return CODER;
  }
}
