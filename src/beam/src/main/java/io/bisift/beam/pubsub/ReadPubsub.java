package io.bisift.beam.pubsub;

import io.bisift.beam.stream.RecordNames;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.formats.log.Segment;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The messages of a subscription, appended to the log of a growing set where they are pulled: gives
 * segments. Messages have no order, and are numbered when they are committed; {@link Acknowledge}
 * says so to Pub/Sub then, and not before.
 */
public final class ReadPubsub extends PTransform<PBegin, PCollection<Segment>> {
  private final Subscription subscription;
  private final RecordNames names;
  private final StreamTarget target;

  private ReadPubsub(Subscription subscription, RecordNames names, StreamTarget target) {
    this.subscription = subscription;
    this.names = names;
    this.target = target;
  }

  public static ReadPubsub of(Subscription subscription, RecordNames names, StreamTarget target) {
    return new ReadPubsub(subscription, names, target);
  }

  @Override
  public PCollection<Segment> expand(PBegin begin) {
    return begin.apply("Pull", Read.from(new SubscriptionSource(subscription, names, target)));
  }
}
