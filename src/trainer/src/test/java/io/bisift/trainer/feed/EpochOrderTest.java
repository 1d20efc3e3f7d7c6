package io.bisift.trainer.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EpochOrderTest {
  @ParameterizedTest
  @CsvSource({"100,8,1", "100,8,32", "7,8,32", "64,8,64", "65,1,50", "1,1,1"})
  void visitsEveryRecordOnce(int size, int batch, int window) {
    EpochOrder order = new EpochOrder(5, batch, window);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<int[]> updates = order.epoch(epoch, size, record -> record * 7919 % 101);
      assertEquals(order.updates(size), updates.size());
      int[] all = updates.stream().flatMapToInt(Arrays::stream).sorted().toArray();
      assertArrayEquals(IntStream.range(0, size).toArray(), all);
      for (int i = 0; i < updates.size() - 1; i++) {
        assertEquals(batch, updates.get(i).length, "only the last update may be short");
      }
    }
  }

  @Test
  void seedAndEpochDecide() {
    int[] once = flat(new EpochOrder(1, 4, 16).epoch(0, 50, record -> record % 9));
    assertArrayEquals(once, flat(new EpochOrder(1, 4, 16).epoch(0, 50, record -> record % 9)));
    assertFalse(
        Arrays.equals(once, flat(new EpochOrder(2, 4, 16).epoch(0, 50, record -> record % 9))));
    assertFalse(
        Arrays.equals(once, flat(new EpochOrder(1, 4, 16).epoch(1, 50, record -> record % 9))));
  }

  @Test
  void recordsOfLikeLengthShareAnUpdate() {
    int size = 1000;
    double grouped = spread(new EpochOrder(3, 4, 200).epoch(0, size, record -> record));
    double shuffled = spread(new EpochOrder(3, 4, 1).epoch(0, size, record -> record));
    assertTrue(grouped < shuffled / 5, grouped + " against " + shuffled);
  }

  private static double spread(List<int[]> updates) {
    return updates.stream()
        .mapToDouble(u -> Arrays.stream(u).max().orElse(0) - Arrays.stream(u).min().orElse(0))
        .average()
        .orElseThrow();
  }

  private static int[] flat(List<int[]> updates) {
    return updates.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
