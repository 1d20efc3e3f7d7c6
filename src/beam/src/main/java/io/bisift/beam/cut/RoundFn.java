package io.bisift.beam.cut;

import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.values.KV;

/** Adds up a round of all groups, and narrows their searches. */
final class RoundFn<K> extends CombineFn<KV<K, Round>, Map<K, Round>, Map<K, CutSearch>> {
  private final KeepRule<K> keep;
  private final int maxBuckets;
  private final Coder<K> groupCoder;

  RoundFn(KeepRule<K> keep, int maxBuckets, Coder<K> groupCoder) {
    this.keep = keep;
    this.maxBuckets = maxBuckets;
    this.groupCoder = groupCoder;
  }

  @Override
  public Map<K, Round> createAccumulator() {
    return new HashMap<>();
  }

  @Override
  public Map<K, Round> addInput(Map<K, Round> rounds, KV<K, Round> input) {
    add(input.getKey(), input.getValue(), rounds);
    return rounds;
  }

  @Override
  public Map<K, Round> mergeAccumulators(Iterable<Map<K, Round>> all) {
    Map<K, Round> merged = createAccumulator();
    for (Map<K, Round> rounds : all) {
      rounds.forEach((group, round) -> add(group, round, merged));
    }
    return merged;
  }

  /** Inputs must stay as they are, so sums start from histograms of their own. */
  private void add(K group, Round round, Map<K, Round> sums) {
    sums.computeIfAbsent(group, key -> new Round(round.search(), new RankHistogram(maxBuckets)))
        .plus(round);
  }

  @Override
  public Map<K, CutSearch> extractOutput(Map<K, Round> rounds) {
    Map<K, CutSearch> searches = new HashMap<>();
    rounds.forEach(
        (group, round) -> {
          long total = round.undecided().total();
          CutSearch search = round.search();
          if (search == null && total > 0) {
            search = CutSearch.forBest(keep.of(total), total);
          }
          if (search != null) {
            searches.put(group, search.isOver() ? search : search.narrow(round.undecided()));
          }
        });
    return searches;
  }

  @Override
  public Coder<Map<K, Round>> getAccumulatorCoder(
      CoderRegistry registry, Coder<KV<K, Round>> inputCoder) {
    return MapCoder.of(groupCoder, Round.CODER);
  }

  @Override
  public Coder<Map<K, CutSearch>> getDefaultOutputCoder(
      CoderRegistry registry, Coder<KV<K, Round>> inputCoder) {
    return MapCoder.of(groupCoder, FindCuts.SEARCH);
  }
}
