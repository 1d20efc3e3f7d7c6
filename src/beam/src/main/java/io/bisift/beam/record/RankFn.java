package io.bisift.beam.record;

import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.RankHistogram;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;

/** Ranks rollouts, and gives the keys of those that come together in one element per source. */
final class RankFn extends DoFn<SourcedRollout, KV<String, RankedKeys>> {
  private final double alpha;
  private transient Map<BoundedWindow, Map<String, RankedKeys>> gathered;

  /**
   * @param alpha α of the BIS that ranks
   */
  RankFn(double alpha) {
    this.alpha = alpha;
  }

  /** The key that ranks a rollout. */
  static long key(SourcedRollout rollout, double alpha) {
    return RankHistogram.keyOf(RolloutScore.of(rollout.rollout()).balancedInformation(alpha));
  }

  @StartBundle
  public void startBundle() {
    gathered = new HashMap<>();
  }

  @ProcessElement
  public void processElement(
      @Element SourcedRollout rollout,
      BoundedWindow window,
      OutputReceiver<KV<String, RankedKeys>> out) {
    Map<String, RankedKeys> bySource = gathered.computeIfAbsent(window, key -> new HashMap<>());
    RankedKeys ranked = bySource.computeIfAbsent(rollout.source(), key -> new RankedKeys());
    ranked.add(key(rollout, alpha), rollout.order());
    if (ranked.size() == RankedKeys.MAX_SIZE) {
      bySource.remove(rollout.source());
      out.output(KV.of(rollout.source(), ranked));
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    gathered.forEach(
        (window, bySource) ->
            bySource.forEach(
                (source, ranked) ->
                    context.output(KV.of(source, ranked), window.maxTimestamp(), window)));
  }
}
