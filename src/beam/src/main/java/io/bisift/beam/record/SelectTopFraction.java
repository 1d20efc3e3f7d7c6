package io.bisift.beam.record;

import io.bisift.beam.cut.FindCuts;
import io.bisift.beam.cut.KeepRule;
import io.bisift.beam.cut.Ranking;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.select.TopFraction;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;

/**
 * Keeps each source's best {@code max(1, floor(m · topRatio))} of m rollouts by BIS; among equal
 * scores the smaller order wins. The records stay where they are: a histogram of the scores gives
 * the cut, a second one, of the orders of the rollouts tied there, says which of them stay, and
 * both come back as side inputs. Memory is bounded however many rollouts, scores or ties there are.
 *
 * <p>Bounded input, or windows that do not merge and fire once (the default trigger, no late data):
 * each is selected from by itself. Orders must be unique within a source and window.
 */
public final class SelectTopFraction
    extends PTransform<PCollection<SourcedRollout>, PCollection<SourcedRollout>> {
  private final double topRatio;
  private final double alpha;
  private final int maxBuckets;

  private SelectTopFraction(double topRatio, double alpha, int maxBuckets) {
    this.topRatio = topRatio;
    this.alpha = alpha;
    this.maxBuckets = maxBuckets;
  }

  /**
   * @param topRatio ρ in (0, 1]
   */
  public static SelectTopFraction perSource(double topRatio) {
    return new SelectTopFraction(
        new TopFraction(topRatio).ratio(),
        RolloutScore.DEFAULT_ALPHA,
        RankHistogram.DEFAULT_MAX_BUCKETS);
  }

  /** With another α of the BIS, at least 0. */
  public SelectTopFraction withAlpha(double newAlpha) {
    if (!(newAlpha >= 0 && newAlpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha must be at least 0, was " + newAlpha);
    }
    return new SelectTopFraction(topRatio, newAlpha, maxBuckets);
  }

  /** With another bound on memory: a histogram has at most so many buckets, a power of two. */
  public SelectTopFraction withMaxBuckets(int buckets) {
    new RankHistogram(buckets); // refuses a number that makes no sense
    return new SelectTopFraction(topRatio, alpha, buckets);
  }

  @Override
  public PCollection<SourcedRollout> expand(PCollection<SourcedRollout> rollouts) {
    requireWindowsThatFireOnce(rollouts.getWindowingStrategy());
    KvCoder<String, Long> keyCoder = KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
    PCollectionView<Map<String, CutSearch>> cuts =
        rollouts
            .apply("Score", ParDo.of(new ScoreFn(alpha)))
            .setCoder(keyCoder)
            .apply(
                "FindCuts",
                FindCuts.<String, Long>of(KEYS, KeepRule.fraction(topRatio))
                    .withMaxBuckets(maxBuckets))
            .apply("CutsBySource", View.asMap());
    PCollectionView<Map<String, CutSearch>> lastTies =
        rollouts
            .apply("TiedOrders", ParDo.of(new TiedFn(alpha, cuts)).withSideInputs(cuts))
            .setCoder(keyCoder)
            .apply(
                "FindLastTies",
                FindCuts.<String, Long>of(KEYS, KeepRule.tiesOf(cuts)).withMaxBuckets(maxBuckets))
            .apply("LastTiesBySource", View.asMap());
    return rollouts
        .apply("Keep", ParDo.of(new KeepFn(alpha, cuts, lastTies)).withSideInputs(cuts, lastTies))
        .setCoder(rollouts.getCoder());
  }

  /** A cut that is found again and again would be compared with the records of other firings. */
  private static void requireWindowsThatFireOnce(WindowingStrategy<?, ?> windows) {
    if (!windows.getWindowFn().isNonMerging()
        || !(windows.getTrigger() instanceof DefaultTrigger)
        || windows.getAllowedLateness().isLongerThan(Duration.ZERO)) {
      throw new IllegalArgumentException(
          "SelectTopFraction needs windows that do not merge, the default trigger and no allowed"
              + " lateness; got "
              + windows);
    }
  }

  /** The key that ranks a rollout. */
  private static long key(SourcedRollout rollout, double alpha) {
    return RankHistogram.keyOf(RolloutScore.of(rollout.rollout()).balancedInformation(alpha));
  }

  /** The key that ranks an order: the smaller the order, the better. */
  private static long orderKey(SourcedRollout rollout) {
    return Long.MAX_VALUE - rollout.order();
  }

  private static final Ranking<Long> KEYS =
      new Ranking<>() {
        @Override
        public void addAll(Long key, RankHistogram histogram) {
          histogram.add(key);
        }

        @Override
        public void addUndecided(Long key, CutSearch search, RankHistogram histogram) {
          if (search.contains(key)) {
            histogram.add(key);
          }
        }
      };

  private static final class ScoreFn extends DoFn<SourcedRollout, KV<String, Long>> {
    private final double alpha;

    ScoreFn(double alpha) {
      this.alpha = alpha;
    }

    @ProcessElement
    public void processElement(
        @Element SourcedRollout rollout, OutputReceiver<KV<String, Long>> out) {
      out.output(KV.of(rollout.source(), key(rollout, alpha)));
    }
  }

  private static final class TiedFn extends DoFn<SourcedRollout, KV<String, Long>> {
    private final double alpha;
    private final PCollectionView<Map<String, CutSearch>> cuts;

    TiedFn(double alpha, PCollectionView<Map<String, CutSearch>> cuts) {
      this.alpha = alpha;
      this.cuts = cuts;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      SourcedRollout rollout = context.element();
      Cut cut = context.sideInput(cuts).get(rollout.source()).cut();
      if (cut.isTied(key(rollout, alpha))) {
        context.output(KV.of(rollout.source(), orderKey(rollout)));
      }
    }
  }

  private static final class KeepFn extends DoFn<SourcedRollout, SourcedRollout> {
    private final double alpha;
    private final PCollectionView<Map<String, CutSearch>> cuts;
    private final PCollectionView<Map<String, CutSearch>> lastTies;

    KeepFn(
        double alpha,
        PCollectionView<Map<String, CutSearch>> cuts,
        PCollectionView<Map<String, CutSearch>> lastTies) {
      this.alpha = alpha;
      this.cuts = cuts;
      this.lastTies = lastTies;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      SourcedRollout rollout = context.element();
      long key = key(rollout, alpha);
      Cut cut = context.sideInput(cuts).get(rollout.source()).cut();
      if (cut.isAbove(key) || (cut.isTied(key) && isAmongFirst(rollout, context))) {
        context.output(rollout);
      }
    }

    private boolean isAmongFirst(SourcedRollout rollout, ProcessContext context) {
      Cut last = context.sideInput(lastTies).get(rollout.source()).cut();
      return orderKey(rollout) >= last.key();
    }
  }
}
