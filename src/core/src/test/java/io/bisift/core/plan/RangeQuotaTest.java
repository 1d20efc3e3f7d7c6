package io.bisift.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.select.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RangeQuotaTest {
  @Test
  void keepsTheFirstTiesOfASourceInFileOrder() {
    List<RangeTally> tallies =
        List.of(
            Ranges.tally(0, 0, 10, 1, 2),
            Ranges.tally(0, 1, 10, 4, 3),
            Ranges.tally(0, 2, 10, 0, 5));
    List<RangeQuota> quotas = RangeQuota.deal(tallies, source -> new Cut(8, 10, 4));
    assertEquals(List.of(2L, 2L, 0L), quotas.stream().map(RangeQuota::tiesKept).toList());
    assertEquals(List.of(3L, 6L, 0L), quotas.stream().map(RangeQuota::kept).toList());
    assertEquals(List.of(1L, 11L, 21L), quotas.stream().map(RangeQuota::firstLine).toList());
  }

  @Test
  void startsAnewWithEachSource() {
    List<RangeTally> tallies =
        List.of(
            Ranges.tally(0, 0, 5, 0, 1),
            Ranges.tally(3, 0, 7, 0, 4), // sources may lack ranges
            Ranges.tally(3, 1, 7, 0, 4));
    List<RangeQuota> quotas =
        RangeQuota.deal(tallies, source -> new Cut(8, 8, source == 0 ? 1 : 5));
    assertEquals(List.of(1L, 4L, 1L), quotas.stream().map(RangeQuota::tiesKept).toList());
    assertEquals(List.of(1L, 1L, 8L), quotas.stream().map(RangeQuota::firstLine).toList());
  }

  @Test
  void keepsAsManyAsTheCutSaysHoweverTheSourceIsSplit() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      List<RangeTally> tallies = new ArrayList<>();
      long above = 0;
      long tied = 0;
      int ranges = 1 + random.nextInt(10);
      for (int range = 0; range < ranges; range++) {
        RangeTally tally = Ranges.tally(0, range, 40, random.nextInt(20), random.nextInt(20));
        tallies.add(tally);
        above += tally.above();
        tied += tally.tied();
      }
      long tiesKept = tied == 0 ? 0 : random.nextInt((int) tied + 1);
      Cut cut = new Cut(8, tied, tiesKept);
      List<RangeQuota> quotas = RangeQuota.deal(tallies, source -> cut);
      assertEquals(above + tiesKept, quotas.stream().mapToLong(RangeQuota::kept).sum());
      boolean used = false; // a range that loses ties ends the dealing
      for (RangeQuota quota : quotas) {
        assertTrue(!used || quota.tiesKept() == 0, "seed " + seed);
        used |= quota.tiesKept() < quota.tally().tied();
      }
    }
  }

  @Test
  void keepsAllWhereNothingIsCut() {
    List<RangeTally> tallies = List.of(Ranges.tally(0, 0, 9, 9, 0));
    assertEquals(9, RangeQuota.deal(tallies, source -> Cut.KEEP_ALL).get(0).kept());
  }
}
