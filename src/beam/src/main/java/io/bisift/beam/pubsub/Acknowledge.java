package io.bisift.beam.pubsub;

import io.bisift.beam.storage.Patience;
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

  /**
   * Of segments whose committer was killed before it came to that: the sooner, the fewer messages
   * come again.
   */
  @Override
  public void begin(StreamFolder folder, PipelineOptions options) throws IOException {
    acknowledge(folder.receipts().ofCommitted(), folder.receipts(), options);
  }

  @Override
  public void committed(List<Segment> segments, StreamFolder folder, PipelineOptions options)
      throws IOException {
    acknowledge(segments.stream().map(Segment::name).toList(), folder.receipts(), options);
  }

  private void acknowledge(List<String> segments, Receipts receipts, PipelineOptions options)
      throws IOException {
    List<String> names = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (String segment : segments) {
      Optional<List<String>> some = receipts.of(segment);
      if (some.isPresent()) {
        names.add(segment);
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
