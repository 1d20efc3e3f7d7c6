package io.bisift.formats.testkit.http;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which requests go wrong. Thread-safe. */
@FunctionalInterface
public interface Faults {
  Faults NONE = call -> null;

  /** What goes wrong with a request; null: nothing. */
  Fault of(FakeCall call);

  /** So many of the requests that match, from the first on. */
  static Faults first(int count, Fault fault, Predicate<FakeCall> which) {
    AtomicInteger left = new AtomicInteger(count);
    return call -> which.test(call) && left.getAndDecrement() > 0 ? fault : null;
  }

  /** All requests that match. */
  static Faults all(Fault fault, Predicate<FakeCall> which) {
    return call -> which.test(call) ? fault : null;
  }

  /**
   * A share of all requests, drawn by a seed, each kind as often. What goes wrong twice in a row
   * works the third time, so that whoever tries again gets through.
   */
  static Faults random(long seed, double share, List<Fault> kinds) {
    Random random = new Random(seed);
    Map<String, AtomicInteger> failed = new ConcurrentHashMap<>();
    return call -> {
      AtomicInteger before = failed.computeIfAbsent(call.key(), key -> new AtomicInteger());
      synchronized (random) {
        if (before.get() == 2 || random.nextDouble() >= share) {
          before.set(0);
          return null;
        }
        before.incrementAndGet();
        return kinds.get(random.nextInt(kinds.size()));
      }
    };
  }
}
