package io.bisift.core.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutSearchTest {
  private static RankHistogram histogram(int maxBuckets, long... keys) {
    RankHistogram histogram = new RankHistogram(maxBuckets);
    for (long key : keys) {
      histogram.add(key);
    }
    return histogram;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 9, 1, 1",
    "2, 5, 3, 1",
    "3, 5, 3, 2",
    "4, 5, 3, 3",
    "5, 1, 2, 1",
    "6, 1, 2, 2",
  })
  void readsTheCutOffAnExactHistogramInOneRound(long keep, long key, long ties, long tiesKept) {
    CutSearch search = CutSearch.forBest(keep, 6).narrow(histogram(16, 1, 5, 9, 5, 1, 5));
    assertTrue(search.isOver());
    assertEquals(new Cut(key, ties, tiesKept), search.cut());
  }

  @Test
  void narrowsBucketByBucket() {
    CutSearch start = CutSearch.forBest(3, 5);
    CutSearch first = start.narrow(histogram(2, 0b1100, 0b1101, 0b0111, 0b0110, 0b0000));
    assertEquals(new CutSearch(1, 3, 0b0000, 3), first);
    assertTrue(first.contains(0b0111));
    assertFalse(first.contains(0b1000));
    CutSearch second = first.narrow(histogram(2, 0b0111, 0b0110, 0b0000));
    assertEquals(new CutSearch(1, 2, 0b0110, 1), second);
    assertTrue(second.contains(0b0110));
    assertFalse(second.contains(0b0101));
    CutSearch third = second.narrow(histogram(2, 0b0111, 0b0110));
    assertEquals(new Cut(0b0111, 1, 1), third.cut());
  }

  @Test
  void takesTheUndecidedKeysFromAnExactHistogram() {
    CutSearch search = new CutSearch(1, 3, 0b1000, 2);
    RankHistogram target = histogram(4, 0b1011);
    search.addUndecided(histogram(16, 0, 7, 0b1000, 0b1011, 0b1100), target);
    assertEquals(3, target.total());
    assertEquals(1, target.count(0b1000));
    assertEquals(2, target.count(0b1011));
  }

  @Test
  void refusesACoarseHistogramAsSourceOfKeys() {
    RankHistogram coarse = histogram(2, 1, 2, 4);
    assertThrows(
        IllegalArgumentException.class,
        () -> CutSearch.forBest(1, 3).addUndecided(coarse, new RankHistogram(2)));
  }

  @ParameterizedTest
  @CsvSource({"2, 63", "4, 32", "8, 21", "16, 16", "256, 8", "65536, 4", "1073741824, 3"})
  void roundsFollowFromTheBound(int maxBuckets, int rounds) {
    assertEquals(rounds, CutSearch.rounds(maxBuckets));
  }

  @Test
  void noticesThatTheNumberOfKeysChanged() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> CutSearch.forBest(1, 3).narrow(histogram(4, 1, 2)));
    assertEquals("expected 3 undecided keys, got 2", e.getMessage());
  }

  @Test
  void hasNoCutBeforeItIsOver() {
    assertThrows(IllegalStateException.class, () -> CutSearch.forBest(1, 1).cut());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "2, 1", "-1, 5"})
  void refusesToKeepNothingOrMoreThanThereIs(long keep, long total) {
    assertThrows(IllegalArgumentException.class, () -> CutSearch.forBest(keep, total));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    CutSearch search = new CutSearch(3, 1L << 40, RankHistogram.keyOf(0.25), 17);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CutSearch.write(search, new DataOutputStream(bytes));
    assertEquals(
        search, CutSearch.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
  }

  @Test
  void theCutThatKeepsAllTiesNobody() {
    RankHistogram all = histogram(16, 0, 3, 3, Long.MAX_VALUE);
    assertTrue(Cut.KEEP_ALL.isAbove(0));
    assertFalse(Cut.KEEP_ALL.isTied(0));
    assertEquals(4, Cut.KEEP_ALL.countAbove(all));
    assertEquals(0, Cut.KEEP_ALL.countTied(all));
  }

  @Test
  void aCutCountsByRange() {
    RankHistogram range = histogram(16, 0, 3, 3, 8);
    assertEquals(1, new Cut(3, 2, 1).countAbove(range));
    assertEquals(2, new Cut(3, 2, 1).countTied(range));
    assertEquals(0, new Cut(5, 2, 1).countTied(range));
    assertEquals(0, new Cut(8, 2, 1).countAbove(range));
  }
}
