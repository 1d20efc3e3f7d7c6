package io.bisift.beam.cut;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Finds, per group, the key of the k-th best element: exactly, in memory bounded by the number of
 * buckets of a {@link RankHistogram} per group, and without moving an element. The first round
 * counts all keys. Where there are more different ones than buckets, further rounds count the
 * undecided ones again; they are always in the graph and get nothing to do where the first round
 * was enough.
 *
 * <p>All groups travel in one map, not as an element each: a runner's cost for a group of its own
 * is far above that of its histogram.
 *
 * <p>A group without keys has no result. Works on bounded input, and per window where windows do
 * not merge and fire once.
 *
 * @param <K> the groups, usable as keys of a map
 * @param <V> what has keys
 */
public final class FindCuts<K, V>
    extends PTransform<PCollection<KV<K, V>>, PCollectionView<Map<K, CutSearch>>> {
  static final Coder<CutSearch> SEARCH =
      WireCoder.of(CutSearch.class, CutSearch::write, CutSearch::read);

  private final Ranking<V> ranking;
  private final KeepRule<K> keep;
  private final int maxBuckets;

  private FindCuts(Ranking<V> ranking, KeepRule<K> keep, int maxBuckets) {
    this.ranking = ranking;
    this.keep = keep;
    this.maxBuckets = maxBuckets;
  }

  /**
   * @param keep how many elements of a group are kept
   */
  public static <K, V> FindCuts<K, V> of(Ranking<V> ranking, KeepRule<K> keep) {
    return new FindCuts<>(ranking, keep, RankHistogram.DEFAULT_MAX_BUCKETS);
  }

  /** The same with other bounds on memory: fewer buckets, more rounds. */
  public FindCuts<K, V> withMaxBuckets(int buckets) {
    return new FindCuts<>(ranking, keep, buckets);
  }

  @Override
  public PCollectionView<Map<K, CutSearch>> expand(PCollection<KV<K, V>> elements) {
    Coder<K> groupCoder = ((KvCoder<K, V>) elements.getCoder()).getKeyCoder();
    Coder<KV<K, Round>> roundCoder = KvCoder.of(groupCoder, Round.CODER);
    RoundFn<K> sum = new RoundFn<>(keep, maxBuckets, groupCoder);
    PCollectionView<Map<K, CutSearch>> searches =
        elements
            .apply(
                "CountKeys",
                ParDo.of(new FirstFn<>(ranking, keep, maxBuckets))
                    .withSideInputs(keep.sideInputs()))
            .setCoder(roundCoder)
            .apply("Narrow", Combine.globally(sum).asSingletonView());
    for (int round = 2; round <= CutSearch.rounds(maxBuckets); round++) {
      searches =
          elements
              .apply(
                  "CountUndecided" + round,
                  ParDo.of(new UndecidedFn<>(ranking, maxBuckets, searches))
                      .withSideInputs(searches))
              .setCoder(roundCoder)
              .apply("Narrow" + round, Combine.globally(sum).asSingletonView());
    }
    return searches;
  }

  /** What an element adds to the first round. */
  private static final class FirstFn<K, V> extends DoFn<KV<K, V>, KV<K, Round>> {
    private final Ranking<V> ranking;
    private final KeepRule<K> keep;
    private final int maxBuckets;

    FirstFn(Ranking<V> ranking, KeepRule<K> keep, int maxBuckets) {
      this.ranking = ranking;
      this.keep = keep;
      this.maxBuckets = maxBuckets;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      K group = context.element().getKey();
      RankHistogram keys = new RankHistogram(maxBuckets);
      ranking.addAll(context.element().getValue(), keys);
      context.output(KV.of(group, new Round(keep.start(group, context), keys)));
    }
  }

  /**
   * What an element adds to a later round: no keys where its group is decided, but never nothing,
   * so that the search goes on to the rounds behind.
   */
  private static final class UndecidedFn<K, V> extends DoFn<KV<K, V>, KV<K, Round>> {
    private final Ranking<V> ranking;
    private final int maxBuckets;
    private final PCollectionView<Map<K, CutSearch>> view;

    UndecidedFn(Ranking<V> ranking, int maxBuckets, PCollectionView<Map<K, CutSearch>> view) {
      this.ranking = ranking;
      this.maxBuckets = maxBuckets;
      this.view = view;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      K group = context.element().getKey();
      CutSearch search = context.sideInput(view).get(group);
      if (search != null) { // else the group has no keys
        RankHistogram undecided = new RankHistogram(maxBuckets);
        if (!search.isOver()) {
          ranking.addUndecided(context.element().getValue(), search, undecided);
        }
        context.output(KV.of(group, new Round(search, undecided)));
      }
    }
  }
}
