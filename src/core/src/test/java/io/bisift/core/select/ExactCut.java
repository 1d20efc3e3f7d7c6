package io.bisift.core.select;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Finds a cut as the file pipeline does, and by sorting. */
final class ExactCut {
  /** Which indices are kept, ascending; and how many rounds it took to find out. */
  record Result(List<Integer> kept, int rounds) {}

  private ExactCut() {}

  /** The k best by score; among equal scores the lower index wins. */
  static List<Integer> bySorting(double[] scores, int k) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -(scores[i] + 0.0)))
        .limit(k)
        .sorted()
        .toList();
  }

  /**
   * The same out of histograms: the scores lie in ranges, each range counts for itself, and the
   * counts are added up in random order.
   *
   * @param ends end of each range, ascending, the last one being the number of scores
   */
  static Result byHistograms(
      double[] scores, int k, int maxBuckets, int[] ends, SplittableRandom random) {
    List<RankHistogram> scanned = new ArrayList<>();
    for (int range = 0, from = 0; range < ends.length; from = ends[range++]) {
      RankHistogram histogram = new RankHistogram(maxBuckets);
      for (int i = from; i < ends[range]; i++) {
        histogram.add(RankHistogram.keyOf(scores[i]));
      }
      scanned.add(histogram);
    }
    CutSearch search = CutSearch.forBest(k, scores.length);
    List<RankHistogram> round = scanned;
    int rounds = 0;
    while (!search.isOver()) {
      if (rounds > 0) {
        round = undecided(scores, search, maxBuckets, ends, scanned);
      }
      search = search.narrow(merge(round, maxBuckets, random));
      rounds++;
    }
    return new Result(keep(scores, search.cut(), ends, scanned), rounds);
  }

  /** A range whose histogram is exact answers from it; the others read their scores again. */
  private static List<RankHistogram> undecided(
      double[] scores, CutSearch search, int maxBuckets, int[] ends, List<RankHistogram> scanned) {
    List<RankHistogram> round = new ArrayList<>();
    for (int range = 0, from = 0; range < ends.length; from = ends[range++]) {
      RankHistogram histogram = new RankHistogram(maxBuckets);
      if (scanned.get(range).isExact()) {
        search.addUndecided(scanned.get(range), histogram);
      } else {
        for (int i = from; i < ends[range]; i++) {
          long key = RankHistogram.keyOf(scores[i]);
          if (search.contains(key)) {
            histogram.add(key);
          }
        }
      }
      round.add(histogram);
    }
    return round;
  }

  /** Adds up in the shape of a random tree, into empty or given histograms, by way of bytes. */
  private static RankHistogram merge(
      List<RankHistogram> parts, int maxBuckets, SplittableRandom random) {
    List<RankHistogram> left = new ArrayList<>();
    for (RankHistogram part : parts) {
      left.add(random.nextInt(8) == 0 ? copy(part) : part);
    }
    while (left.size() > 1) {
      RankHistogram sum = new RankHistogram(maxBuckets);
      int count = random.nextInt(2, Math.min(5, left.size() + 1));
      for (int i = 0; i < count; i++) {
        sum.addAll(left.remove(random.nextInt(left.size())));
      }
      left.add(sum);
    }
    return left.get(0);
  }

  static RankHistogram copy(RankHistogram histogram) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      RankHistogram.write(histogram, new DataOutputStream(bytes));
      return RankHistogram.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deals the kept ties to the ranges in order; each range then decides on its own. */
  private static List<Integer> keep(
      double[] scores, Cut cut, int[] ends, List<RankHistogram> scanned) {
    List<Integer> kept = new ArrayList<>();
    long tiesLeft = cut.tiesKept();
    for (int range = 0, from = 0; range < ends.length; from = ends[range++]) {
      long above = 0;
      long tied = 0;
      for (int i = from; i < ends[range]; i++) {
        long key = RankHistogram.keyOf(scores[i]);
        if (cut.isAbove(key)) {
          kept.add(i);
          above++;
        } else if (cut.isTied(key)) {
          if (tied < tiesLeft) {
            kept.add(i);
          }
          tied++;
        }
      }
      RankHistogram histogram = scanned.get(range);
      if (histogram.isExact()
          && (cut.countAbove(histogram) != above || cut.countTied(histogram) != tied)) {
        throw new AssertionError("range " + range + " counts otherwise than its histogram");
      }
      tiesLeft = Math.max(0, tiesLeft - tied);
    }
    return kept;
  }
}
