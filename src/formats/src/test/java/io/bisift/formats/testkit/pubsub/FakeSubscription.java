package io.bisift.formats.testkit.pubsub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Messages and who has them: one that is pulled is leased until its deadline, and comes again then
 * unless it is acknowledged. In no order. Not thread-safe.
 */
final class FakeSubscription {
  /** A message that is not acknowledged. */
  private static final class Held {
    private final Map<String, ?> message;
    private int deliveries;
    private long leasedUntil;

    Held(Map<String, ?> message) {
      this.message = message;
    }
  }

  private static final long DEADLINE_SECONDS = 10;

  private final Random random = new Random(1);
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Map<String, Held> acknowledged = new HashMap<>();
  private final Set<String> extended = new HashSet<>();
  private Consumer<Set<String>> listener = ids -> {};

  void add(String id, Map<String, ?> message) {
    held.put(id, new Held(message));
  }

  List<Map<String, ?>> pull(int most, long now) {
    List<String> free = new ArrayList<>();
    held.forEach(
        (id, message) -> {
          if (message.leasedUntil <= now) {
            free.add(id);
          }
        });
    Collections.shuffle(free, random);
    List<Map<String, ?>> pulled = new ArrayList<>();
    for (String id : free.subList(0, Math.min(most, free.size()))) {
      Held message = held.get(id);
      message.deliveries++;
      message.leasedUntil = now + DEADLINE_SECONDS;
      pulled.add(
          Map.of(
              "ackId", "delivery-" + message.deliveries + "-of:" + id,
              "message", message.message,
              "deliveryAttempt", message.deliveries));
    }
    return pulled;
  }

  /** Also a receipt of an earlier delivery may do. */
  void acknowledge(List<String> receipts) {
    for (String receipt : receipts) {
      Held message = held.remove(id(receipt));
      if (message != null) {
        acknowledged.put(id(receipt), message);
      }
    }
    listener.accept(Set.copyOf(acknowledged.keySet()));
  }

  void lease(List<String> receipts, long until) {
    for (String receipt : receipts) {
      Held message = held.get(id(receipt));
      if (message != null) {
        message.leasedUntil = until;
        extended.add(id(receipt));
      }
    }
  }

  /** Brings messages again that are acknowledged. */
  void forgetAcknowledgements() {
    held.putAll(acknowledged);
    acknowledged.values().forEach(message -> message.leasedUntil = 0);
    acknowledged.clear();
  }

  private static String id(String receipt) {
    return receipt.substring(receipt.indexOf(':') + 1);
  }

  int waiting() {
    return held.size();
  }

  Set<String> acknowledged() {
    return Set.copyOf(acknowledged.keySet());
  }

  /** Messages whose lease was ever extended. */
  Set<String> extended() {
    return Set.copyOf(extended);
  }

  void listen(Consumer<Set<String>> to) {
    listener = to;
  }
}
