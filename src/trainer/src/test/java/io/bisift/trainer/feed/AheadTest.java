package io.bisift.trainer.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AheadTest {
  @Test
  void keepsTheOrderAndTheBound() {
    AtomicInteger begun = new AtomicInteger();
    List<Integer> seen = new ArrayList<>();
    try (Ahead<Integer, Integer> ahead =
        new Ahead<>(
            IntStream.range(0, 200).boxed().iterator(),
            input ->
                () -> {
                  begun.incrementAndGet();
                  Thread.sleep(input % 3);
                  return input * input;
                },
            3,
            5)) {
      while (ahead.hasNext()) {
        seen.add(ahead.next());
        assertTrue(begun.get() <= seen.size() + 5, begun.get() + " after " + seen.size());
      }
    }
    assertEquals(IntStream.range(0, 200).map(i -> i * i).boxed().toList(), seen);
  }

  @Test
  void bringsWhatTheWorkThrows() {
    try (Ahead<Integer, Integer> ahead =
        new Ahead<>(
            List.of(1).iterator(),
            input ->
                () -> {
                  throw new IllegalArgumentException("no " + input);
                },
            1,
            1)) {
      assertThrows(IllegalArgumentException.class, ahead::next);
    }
  }
}
