package io.bisift.core.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankHistogramTest {
  private static RankHistogram of(int maxBuckets, List<Long> keys) {
    RankHistogram histogram = new RankHistogram(maxBuckets);
    keys.forEach(histogram::add);
    return histogram;
  }

  private static byte[] bytes(RankHistogram histogram) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RankHistogram.write(histogram, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** What the keys come to, counted plainly. */
  private static Map<Long, Long> counts(List<Long> keys, int shift) {
    Map<Long, Long> counts = new TreeMap<>(Collections.reverseOrder());
    keys.forEach(key -> counts.merge(key >>> shift, 1L, Long::sum));
    return counts;
  }

  private static Map<Long, Long> counts(RankHistogram histogram) {
    Map<Long, Long> counts = new TreeMap<>(Collections.reverseOrder());
    for (long bucket : histogram.descending()) {
      counts.put(bucket, histogram.count(bucket));
    }
    return counts;
  }

  @Property
  void countsEveryKeyUnderItsLeadingBits(
      @ForAll @Size(max = 200) List<@LongRange Long> keys,
      @ForAll @IntRange(min = 1, max = 8) int bits) {
    RankHistogram histogram = of(1 << bits, keys);
    assertEquals(counts(keys, histogram.shift()), counts(histogram));
    assertEquals(keys.size(), histogram.total());
    assertTrue(histogram.size() <= 1 << bits);
    if (histogram.shift() > 0) { // no coarser than needed
      assertTrue(counts(keys, histogram.shift() - 1).size() > 1 << bits);
    }
  }

  @Property
  void mergingInAnyOrderGivesEqualBytes(
      @ForAll @Size(max = 200) List<@LongRange(max = 5000) Long> keys,
      @ForAll @IntRange(min = 1, max = 8) int bits,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<RankHistogram> parts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      parts.add(new RankHistogram(1 << bits));
    }
    keys.forEach(key -> parts.get(random.nextInt(4)).add(key));
    Collections.shuffle(parts, random);
    RankHistogram sum = new RankHistogram(1 << bits);
    parts.forEach(sum::addAll);
    assertArrayEquals(bytes(of(1 << bits, keys)), bytes(sum));
  }

  @Property
  void readsWhatItWrote(
      @ForAll @Size(max = 200) List<@LongRange Long> keys,
      @ForAll @IntRange(min = 1, max = 16) int bits)
      throws IOException {
    RankHistogram histogram = of(1 << bits, keys);
    RankHistogram copy = ExactCut.copy(histogram);
    assertArrayEquals(bytes(histogram), bytes(copy));
    assertEquals(histogram.total(), copy.total());
    assertEquals(histogram.size(), copy.size());
    assertEquals(histogram.shift(), copy.shift());
    copy.add(Long.MAX_VALUE);
    copy.add(0);
    histogram.add(Long.MAX_VALUE);
    histogram.add(0);
    assertArrayEquals(bytes(histogram), bytes(copy), "and it counts on");
  }

  @Property
  void countsAboveAKeyAndAtIt(
      @ForAll @Size(max = 100) List<@LongRange(max = 40) Long> keys,
      @ForAll @LongRange(max = 41) long key) {
    RankHistogram histogram = of(64, keys);
    assertTrue(histogram.isExact());
    assertEquals(keys.stream().filter(k -> k > key).count(), histogram.countAbove(key));
    assertEquals(keys.stream().filter(k -> k == key).count(), histogram.count(key));
  }

  @Test
  void isExactUntilOneBucketTooManyIsNeeded() {
    RankHistogram histogram = new RankHistogram(4);
    for (long key = 0; key < 4; key++) {
      histogram.add(key);
      histogram.add(key);
    }
    assertTrue(histogram.isExact());
    histogram.add(9);
    assertFalse(histogram.isExact());
    assertEquals(1, histogram.shift());
    assertEquals(Map.of(4L, 1L, 1L, 4L, 0L, 4L), counts(histogram));
  }

  @Test
  void holdsTheLargestAndTheSmallestKeyInTwoBuckets() {
    RankHistogram histogram = of(2, List.of(0L, 1L, Long.MAX_VALUE, 1L << 62));
    assertEquals(62, histogram.shift());
    assertEquals(Map.of(0L, 2L, 1L, 2L), counts(histogram));
  }

  @Test
  void countsBeyondInt() {
    RankHistogram histogram = of(16, List.of(7L, 8L));
    for (int i = 0; i < 40; i++) {
      histogram.addAll(ExactCut.copy(histogram));
    }
    assertEquals(1L << 41, histogram.total());
    assertEquals(1L << 40, histogram.count(7));
    assertEquals(1L << 41, ExactCut.copy(histogram).total());
  }

  @Property
  void keysOrderAsScoresDo(
      @ForAll @DoubleRange(max = 1) double one, @ForAll @DoubleRange(max = 1) double other) {
    assertEquals(
        Double.compare(one + 0.0, other + 0.0),
        Long.compare(RankHistogram.keyOf(one), RankHistogram.keyOf(other)));
    assertEquals(one, RankHistogram.scoreOf(RankHistogram.keyOf(one)));
  }

  @Test
  void bothZerosHaveOneKey() {
    assertEquals(0, RankHistogram.keyOf(0.0));
    assertEquals(0, RankHistogram.keyOf(-0.0));
    assertEquals(1, RankHistogram.keyOf(Double.MIN_VALUE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY})
  void refusesScoresWithoutRank(double score) {
    assertThrows(IllegalArgumentException.class, () -> RankHistogram.keyOf(score));
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 1, 3, 1000})
  void refusesBoundsThatAreNoPowerOfTwo(int maxBuckets) {
    assertThrows(IllegalArgumentException.class, () -> new RankHistogram(maxBuckets));
  }

  @Test
  void refusesNegativeKeys() {
    assertThrows(IllegalArgumentException.class, () -> new RankHistogram().add(-1));
  }
}
