package io.bisift.beam.record;

import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.RankHistogram;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/**
 * Ranks rollouts. Those of a source that come together give one element of keys, for finding the
 * cut, and few elements that wait for it.
 */
final class RankFn extends DoFn<SourcedRollout, KV<String, RankedKeys>> {
  /** The keys. */
  static final TupleTag<KV<String, RankedKeys>> RANKED = new TupleTag<>() {};

  /** The rollouts, with the timestamps that they came with. */
  static final TupleTag<KV<String, WaitingRollouts>> WAITING = new TupleTag<>() {};

  /** So much is held back at most, in the unit of {@link WaitingRollouts#size()}. */
  private static final int MAX_HELD = 1 << 22;

  private record Ranks(String source, BoundedWindow window) {}

  /** What may be one element: a timestamp is not lost. */
  private record Place(String source, BoundedWindow window, Instant timestamp) {}

  private final double alpha;
  private transient Map<Ranks, RankedKeys> ranks;
  private transient Map<Place, WaitingRollouts> places;
  private transient int held;

  /**
   * @param alpha α of the BIS that ranks
   */
  RankFn(double alpha) {
    this.alpha = alpha;
  }

  @StartBundle
  public void startBundle() {
    ranks = new HashMap<>();
    places = new HashMap<>();
    held = 0;
  }

  @ProcessElement
  public void processElement(
      @Element SourcedRollout rollout,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      MultiOutputReceiver out) {
    long key = RankHistogram.keyOf(RolloutScore.of(rollout.rollout()).balancedInformation(alpha));
    String source = rollout.source();

    Ranks ranksOf = new Ranks(source, window);
    RankedKeys ranked = ranks.computeIfAbsent(ranksOf, any -> new RankedKeys());
    ranked.add(key, rollout.order());
    if (ranked.size() == RankedKeys.MAX_SIZE) {
      ranks.remove(ranksOf);
      out.get(RANKED).output(KV.of(source, ranked));
    }

    Place place = new Place(source, window, timestamp);
    WaitingRollouts waiting = places.computeIfAbsent(place, any -> new WaitingRollouts());
    held += waiting.add(key, rollout);
    if (waiting.size() >= WaitingRollouts.MAX_SIZE || held >= MAX_HELD) {
      places.remove(place);
      held -= waiting.size();
      out.get(WAITING).output(KV.of(source, waiting));
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    ranks.forEach(
        (of, ranked) ->
            context.output(
                RANKED, KV.of(of.source(), ranked), of.window().maxTimestamp(), of.window()));
    places.forEach(
        (place, waiting) ->
            context.output(
                WAITING, KV.of(place.source(), waiting), place.timestamp(), place.window()));
  }
}
