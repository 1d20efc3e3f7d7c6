package io.bisift.beam.cut;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Finds, per group, the key of the k-th best element: exactly, in memory bounded by the number of
 * buckets of a {@link RankHistogram}, and without moving an element. The first round counts all
 * keys. Where there are more different ones than buckets, further rounds count the undecided ones
 * again; they are always in the graph and get nothing to do where the first round was enough.
 *
 * <p>A group without keys has no result. Works on bounded input, and per window where windows do
 * not merge and fire once.
 *
 * @param <K> the groups; their coder must be deterministic
 * @param <V> what has keys
 */
public final class FindCuts<K, V>
    extends PTransform<PCollection<KV<K, V>>, PCollection<KV<K, CutSearch>>> {
  /** The coder of what is found. */
  public static final Coder<CutSearch> CODER =
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
  public PCollection<KV<K, CutSearch>> expand(PCollection<KV<K, V>> elements) {
    Coder<K> groupCoder = ((KvCoder<K, V>) elements.getCoder()).getKeyCoder();
    KvCoder<K, CutSearch> searchCoder = KvCoder.of(groupCoder, CODER);
    KvCoder<K, RankHistogram> histogramCoder = KvCoder.of(groupCoder, HistogramFn.CODER);
    PCollection<KV<K, CutSearch>> searches =
        elements
            .apply("CountKeys", Combine.perKey(new HistogramFn<>(ranking, maxBuckets)))
            .setCoder(histogramCoder)
            .apply("Narrow", ParDo.of(new StartFn<>(keep)).withSideInputs(keep.sideInputs()))
            .setCoder(searchCoder);
    for (int round = 2; round <= CutSearch.rounds(maxBuckets); round++) {
      PCollectionView<Map<K, CutSearch>> view =
          searches.apply("SearchesOfRound" + (round - 1), View.asMap());
      PCollection<KV<K, CutSearch>> narrowed =
          elements
              .apply(
                  "CountUndecided" + round,
                  ParDo.of(new UndecidedFn<K, V>(ranking, maxBuckets, view)).withSideInputs(view))
              .setCoder(histogramCoder)
              .apply("AddUp" + round, Combine.perKey(new HistogramFn<>(MERGE, maxBuckets)))
              .setCoder(histogramCoder)
              .apply("Narrow" + round, ParDo.of(new NarrowFn<>(view)).withSideInputs(view))
              .setCoder(searchCoder);
      PCollection<KV<K, CutSearch>> over =
          searches.apply("Over" + (round - 1), Filter.by(search -> search.getValue().isOver()));
      searches =
          PCollectionList.of(over)
              .and(narrowed)
              .apply("Searches" + round, Flatten.pCollections())
              .setCoder(searchCoder);
    }
    return searches;
  }

  private static final Ranking<RankHistogram> MERGE =
      new Ranking<>() {
        @Override
        public void addAll(RankHistogram value, RankHistogram histogram) {
          histogram.addAll(value);
        }

        @Override
        public void addUndecided(RankHistogram value, CutSearch search, RankHistogram histogram) {
          search.addUndecided(value, histogram);
        }
      };

  /** The first round's result. */
  private static final class StartFn<K> extends DoFn<KV<K, RankHistogram>, KV<K, CutSearch>> {
    private final KeepRule<K> keep;

    StartFn(KeepRule<K> keep) {
      this.keep = keep;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      K group = context.element().getKey();
      RankHistogram keys = context.element().getValue();
      if (keys.total() > 0) {
        long kept = keep.keep(group, keys.total(), context);
        CutSearch search = CutSearch.forBest(kept, keys.total()).narrow(keys);
        context.output(KV.of(group, search));
      }
    }
  }

  /** What an element adds to a later round. */
  private static final class UndecidedFn<K, V> extends DoFn<KV<K, V>, KV<K, RankHistogram>> {
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
      if (search != null && !search.isOver()) {
        RankHistogram undecided = new RankHistogram(maxBuckets);
        ranking.addUndecided(context.element().getValue(), search, undecided);
        if (undecided.total() > 0) {
          context.output(KV.of(group, undecided));
        }
      }
    }
  }

  /** A later round's result. */
  private static final class NarrowFn<K> extends DoFn<KV<K, RankHistogram>, KV<K, CutSearch>> {
    private final PCollectionView<Map<K, CutSearch>> view;

    NarrowFn(PCollectionView<Map<K, CutSearch>> view) {
      this.view = view;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      K group = context.element().getKey();
      CutSearch search = context.sideInput(view).get(group);
      context.output(KV.of(group, search.narrow(context.element().getValue())));
    }
  }
}
