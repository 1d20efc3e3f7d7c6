package io.bisift.beam.stream;

import io.bisift.formats.log.Segment;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Grows a set by segments that are in its log already, where their reader has written them. A
 * runner may bring any of them more than once. Gives the numbers of the versions. Bounded or
 * unbounded input.
 */
public final class GrowFromSegments extends PTransform<PCollection<Segment>, PCollection<Long>> {
  private final StreamTarget target;
  private final AfterCommit<Segment> after;

  private GrowFromSegments(StreamTarget target, AfterCommit<Segment> after) {
    this.target = target;
    this.after = after;
  }

  /**
   * @param after what is done with segments when they are committed
   */
  public static GrowFromSegments of(StreamTarget target, AfterCommit<Segment> after) {
    return new GrowFromSegments(target, after);
  }

  @Override
  public PCollection<Long> expand(PCollection<Segment> segments) {
    return segments.apply("Publish", CommitEvery.ofSegments(target, ExpectedShards.NONE, after));
  }
}
