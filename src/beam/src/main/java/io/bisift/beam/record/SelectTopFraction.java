package io.bisift.beam.record;

import io.bisift.beam.cut.FindCuts;
import io.bisift.beam.cut.KeepRule;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.select.TopFraction;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;
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
    KvCoder<String, RankedKeys> rankedCoder = KvCoder.of(StringUtf8Coder.of(), RankedKeys.CODER);
    PCollectionTuple all =
        rollouts.apply(
            "Rank",
            ParDo.of(new RankFn(alpha))
                .withOutputTags(RankFn.RANKED, TupleTagList.of(RankFn.WAITING)));
    PCollection<KV<String, RankedKeys>> ranked = all.get(RankFn.RANKED).setCoder(rankedCoder);
    PCollectionView<Map<String, CutSearch>> cuts =
        ranked.apply(
            "FindCuts",
            FindCuts.<String, RankedKeys>of(RankedKeys.BY_SCORE, KeepRule.fraction(topRatio))
                .withMaxBuckets(maxBuckets));
    PCollectionView<Map<String, CutSearch>> lastTies =
        ranked
            .apply("Tied", ParDo.of(new TiedFn(cuts)).withSideInputs(cuts))
            .setCoder(rankedCoder)
            .apply(
                "FindLastTies",
                FindCuts.<String, RankedKeys>of(RankedKeys.BY_ORDER, KeepRule.tiesOf(cuts))
                    .withMaxBuckets(maxBuckets));
    return all.get(RankFn.WAITING)
        .setCoder(KvCoder.of(StringUtf8Coder.of(), WaitingRollouts.CODER))
        .apply("Keep", ParDo.of(new KeepFn(cuts, lastTies)).withSideInputs(cuts, lastTies))
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

  private static final class TiedFn extends DoFn<KV<String, RankedKeys>, KV<String, RankedKeys>> {
    private final PCollectionView<Map<String, CutSearch>> cuts;

    TiedFn(PCollectionView<Map<String, CutSearch>> cuts) {
      this.cuts = cuts;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      String source = context.element().getKey();
      Cut cut = context.sideInput(cuts).get(source).cut();
      RankedKeys tied = context.element().getValue().tied(cut);
      if (tied.size() > 0) {
        context.output(KV.of(source, tied));
      }
    }
  }

  private static final class KeepFn extends DoFn<KV<String, WaitingRollouts>, SourcedRollout> {
    private final PCollectionView<Map<String, CutSearch>> cuts;
    private final PCollectionView<Map<String, CutSearch>> lastTies;

    KeepFn(
        PCollectionView<Map<String, CutSearch>> cuts,
        PCollectionView<Map<String, CutSearch>> lastTies) {
      this.cuts = cuts;
      this.lastTies = lastTies;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      String source = context.element().getKey();
      WaitingRollouts waiting = context.element().getValue();
      RankedKeys ranked = waiting.ranked();
      Cut cut = context.sideInput(cuts).get(source).cut();
      for (int i = 0; i < ranked.size(); i++) {
        if (cut.isAbove(ranked.key(i))
            || (cut.isTied(ranked.key(i)) && isAmongFirst(source, ranked.order(i), context))) {
          context.output(waiting.rollout(i));
        }
      }
    }

    private boolean isAmongFirst(String source, long order, ProcessContext context) {
      Cut last = context.sideInput(lastTies).get(source).cut();
      return RankedKeys.orderKey(order) >= last.key();
    }
  }
}
