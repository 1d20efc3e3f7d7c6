package io.bisift.beam.pubsub;

import com.google.api.services.pubsub.model.ReceivedMessage;
import io.bisift.beam.storage.Patience;
import io.bisift.beam.stream.LogOutput;
import io.bisift.beam.stream.StreamMetrics;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.formats.log.RecordAppender;
import io.bisift.formats.log.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages as they come, for a second at the most, and appends them to the log: they make a
 * segment, which is what it gives. Between two segments it holds nothing.
 */
final class SubscriptionReader extends UnboundedSource.UnboundedReader<Segment> {
  /** Messages of a segment, about; a commit has some hundred segments. */
  private static final int ENOUGH = 2000;

  /** How long a segment is open, so that few messages do not make many segments. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private static final Duration IDLE = Duration.ofMillis(100);

  /** How often Pub/Sub is asked before it is known that it answers: for some seconds. */
  private static final int FIRST_ATTEMPTS = 6;

  private final SubscriptionSource source;
  private final Arrivals arrivals;
  private final PubsubClient client;
  private final LogOutput log;
  private final Leases leases;
  private final Counter read = StreamMetrics.counter(StreamMetrics.RECORDS_READ);
  private final Counter rejected = StreamMetrics.counter(StreamMetrics.RECORDS_REJECTED);
  private boolean answered;
  private int failures;
  private @Nullable Segment current;
  private Instant at = Instant.now();

  SubscriptionReader(
      SubscriptionSource source,
      Arrivals arrivals,
      Subscription subscription,
      StreamTarget target,
      PipelineOptions options,
      SubscriptionSource.@Nullable Mark mark)
      throws IOException {
    this.source = source;
    this.arrivals = arrivals;
    this.client = new PubsubClient(subscription, options);
    this.log = LogOutput.open(target, options);
    this.leases =
        new Leases(
            client, log.folder().receipts(), Duration.ofMillis(target.publishEvery().getMillis()));
    this.answered = mark != null && mark.answered();
  }

  @Override
  public boolean start() throws IOException {
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    current = null;
    at = Instant.now();
    List<ReceivedMessage> messages = pull();
    if (messages.isEmpty()) {
      Patience.sleep(failures == 0 ? IDLE : Patience.pause(failures));
      return false;
    }
    List<String> receipts = new ArrayList<>();
    long end = System.nanoTime() + LONGEST.toNanos();
    try (RecordAppender appender = log.appender()) {
      do {
        for (ReceivedMessage message : messages) {
          appender.append(arrivals.of(message));
          receipts.add(message.getAckId());
        }
        messages = receipts.size() < ENOUGH ? pullUntil(end) : List.of();
      } while (!messages.isEmpty());
      current = appender.finish().get(0);
      read.inc(appender.records());
      rejected.inc(appender.rejected());
    }
    leases.hold(current.name(), receipts);
    return true;
  }

  /** Some messages as soon as there are any; none if there were none by then. */
  private List<ReceivedMessage> pullUntil(long end) throws IOException {
    while (System.nanoTime() - end < 0) {
      List<ReceivedMessage> messages = pull();
      if (!messages.isEmpty()) {
        return messages;
      }
      Patience.sleep(IDLE);
    }
    return List.of();
  }

  /** Some messages; none also where Pub/Sub does not answer for the moment. */
  private List<ReceivedMessage> pull() throws IOException {
    try {
      List<ReceivedMessage> messages =
          answered ? client.pull() : Patience.with(FIRST_ATTEMPTS, client::pull);
      answered = true;
      failures = 0;
      return messages;
    } catch (IOException e) {
      if (Patience.isOver()) {
        throw e;
      }
      if (!answered) {
        throw client.unreachable(e);
      }
      failures++;
      return List.of();
    }
  }

  @Override
  public Segment getCurrent() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    return at;
  }

  @Override
  public Instant getWatermark() {
    return at;
  }

  @Override
  public UnboundedSource.CheckpointMark getCheckpointMark() {
    return new SubscriptionSource.Mark(answered);
  }

  @Override
  public SubscriptionSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    leases.close();
  }
}
