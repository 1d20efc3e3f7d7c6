package io.bisift.beam.pubsub;

import io.bisift.beam.coder.WireCoder;
import io.bisift.beam.stream.RecordNames;
import io.bisift.beam.stream.StreamCoders;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.formats.log.Segment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a subscription, as segments of the log that their readers have written: any number of
 * readers share a subscription, and Pub/Sub deals the messages to them.
 */
final class SubscriptionSource extends UnboundedSource<Segment, SubscriptionSource.Mark> {
  /**
   * What a reader passes on: no position, since what is not acknowledged comes again.
   *
   * @param answered whether Pub/Sub ever answered, so that it is worth waiting for
   */
  record Mark(boolean answered) implements UnboundedSource.CheckpointMark {
    /** Does nothing: messages are acknowledged when they are committed. */
    @Override
    public void finalizeCheckpoint() {}

    private static void write(Mark mark, DataOutput out) throws IOException {
      out.writeBoolean(mark.answered);
    }

    private static Mark read(DataInput in) throws IOException {
      return new Mark(in.readBoolean());
    }
  }

  private final Subscription subscription;
  private final RecordNames names;
  private final StreamTarget target;

  SubscriptionSource(Subscription subscription, RecordNames names, StreamTarget target) {
    this.subscription = subscription;
    this.names = names;
    this.target = target;
  }

  @Override
  public List<SubscriptionSource> split(int desired, PipelineOptions options) {
    return Collections.nCopies(desired, this);
  }

  @Override
  public UnboundedReader<Segment> createReader(PipelineOptions options, @Nullable Mark mark)
      throws IOException {
    return new SubscriptionReader(
        this,
        new Arrivals(subscription, names, target.parameters().windows()),
        subscription,
        target,
        options,
        mark);
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return WireCoder.of(Mark.class, Mark::write, Mark::read);
  }

  @Override
  public Coder<Segment> getOutputCoder() {
    return StreamCoders.SEGMENT;
  }
}
