package io.bisift.beam.pubsub;

import io.bisift.formats.log.Receipts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps messages from coming again while they wait for their commit: extends their deadlines, again
 * and again, until their receipts are gone. Where that fails they come again, which costs time
 * only.
 */
final class Leases implements AutoCloseable {
  /** What Pub/Sub allows. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Shorter ones would run out while a virtual machine pauses. */
  private static final Duration SHORTEST = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(Leases.class.getName());

  private final PubsubClient client;
  private final Receipts receipts;
  private final int seconds;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bisift-leases");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param publishEvery how long messages wait for their commit, mostly
   */
  Leases(PubsubClient client, Receipts receipts, Duration publishEvery) {
    this.client = client;
    this.receipts = receipts;
    this.seconds = seconds(publishEvery);
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::renew, seconds / 3, seconds / 3, TimeUnit.SECONDS);
  }

  /** For how long a message is leased at a time: some commits, which may take a while. */
  static int seconds(Duration publishEvery) {
    Duration some = publishEvery.multipliedBy(3);
    return (int)
        (some.compareTo(SHORTEST) < 0 ? SHORTEST : some.compareTo(LONGEST) > 0 ? LONGEST : some)
            .toSeconds();
  }

  /**
   * Holds the messages of a segment.
   *
   * @param all their receipts
   */
  void hold(String segment, List<String> all) {
    held.add(segment);
    timer.execute(() -> extend(segment, all));
  }

  private void renew() {
    for (String segment : List.copyOf(held)) {
      try {
        Optional<List<String>> waiting = receipts.of(segment);
        if (waiting.isPresent()) {
          extend(segment, waiting.get());
        } else {
          held.remove(segment);
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.FINE, "cannot look at the receipts of " + segment, e);
      }
    }
  }

  private void extend(String segment, List<String> all) {
    try {
      client.extend(all, seconds);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.FINE, "cannot extend the deadlines of " + segment, e);
    }
  }

  /** Lets them go: they come again unless they are committed by then. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
