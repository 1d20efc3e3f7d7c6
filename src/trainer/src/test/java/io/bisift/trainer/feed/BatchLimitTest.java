package io.bisift.trainer.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchLimitTest {
  @Test
  void cutsByRecordsAndByPaddedTokens() {
    List<Integer> lengths = List.of(9, 5, 5, 4, 4, 4, 4, 1, 30, 2);
    assertEquals(
        List.of(
            List.of(9), List.of(5, 5), List.of(4, 4, 4), List.of(4, 1), List.of(30), List.of(2)),
        cut(new BatchLimit(3, 12), lengths));
    assertEquals(
        List.of(List.of(9, 5), List.of(5, 4), List.of(4, 4), List.of(4, 1), List.of(30, 2)),
        cut(new BatchLimit(2, Integer.MAX_VALUE), lengths));
    assertEquals(List.of(), cut(new BatchLimit(2, 5), List.of()));
  }

  private static List<List<Integer>> cut(BatchLimit limit, List<Integer> lengths) {
    List<List<Integer>> batches = new ArrayList<>();
    limit.cut(lengths.iterator(), length -> length).forEachRemaining(batches::add);
    return batches;
  }
}
