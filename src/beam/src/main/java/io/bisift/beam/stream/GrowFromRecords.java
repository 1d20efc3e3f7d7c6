package io.bisift.beam.stream;

import io.bisift.formats.log.Message;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Grows a set by records, as they come:
 *
 * <pre>
 *   records → rank, render, append to the log → segments → gather in one place → next version
 * </pre>
 *
 * <p>A runner may do any of this more than once: a record counts once all the same, as it is known
 * by its log shard and order, and only manifests count. Records of a shard that come to one worker
 * in one bundle must be consecutive. Gives the numbers of the versions. Bounded or unbounded input.
 */
public final class GrowFromRecords extends PTransform<PCollection<Message>, PCollection<Long>> {
  private final StreamTarget target;
  private final ExpectedShards expected;

  private GrowFromRecords(StreamTarget target, ExpectedShards expected) {
    this.target = target;
    this.expected = expected;
  }

  public static GrowFromRecords of(StreamTarget target) {
    return new GrowFromRecords(target, ExpectedShards.NONE);
  }

  /** The same, where no window is closed before these shards are past it, too. */
  public GrowFromRecords expecting(ExpectedShards shards) {
    return new GrowFromRecords(target, shards);
  }

  @Override
  public PCollection<Long> expand(PCollection<Message> records) {
    return records
        .apply("Append", ParDo.of(new AppendFn(target)))
        .setCoder(StreamCoders.SEGMENT)
        .apply("Publish", CommitEvery.ofSegments(target, expected, AfterCommit.nothing()));
  }
}
