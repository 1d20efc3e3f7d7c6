package io.bisift.beam.pubsub;

import io.bisift.beam.stream.AfterCommit;
import io.bisift.formats.log.Receipts;
import io.bisift.formats.log.Segment;
import io.bisift.formats.log.StreamFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Acknowledges the messages of segments that are committed. */
public final class Acknowledge implements AfterCommit<Segment> {
  /** How often Pub/Sub is asked: for some minutes. */
  private static final int ATTEMPTS = 24;

  private final Subscription subscription;
  private transient @Nullable PubsubClient client;

  private Acknowledge(Subscription subscription) {
    this.subscription = subscription;
  }

  /**
   * @param subscription that the messages came from
   */
  public static Acknowledge to(Subscription subscription) {
    return new Acknowledge(subscription);
  }

  @Override
  public void committed(List<Segment> segments, StreamFolder folder, PipelineOptions options)
      throws IOException {
    Receipts receipts = folder.receipts();
    List<String> names = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (Segment segment : segments) {
      Optional<List<String>> some = receipts.of(segment.name());
      if (some.isPresent()) {
        names.add(segment.name());
        all.addAll(some.get());
      }
    }
    acknowledge(all, options);
    receipts.remove(names);
  }

  private void acknowledge(List<String> all, PipelineOptions options) throws IOException {
    if (client == null) {
      client = new PubsubClient(subscription, options);
    }
    try {
      client.acknowledge(all, ATTEMPTS);
    } catch (IOException e) {
      if (Patience.isOver()) {
        throw e;
      }
      throw client.unreachable(e);
    }
  }
}
