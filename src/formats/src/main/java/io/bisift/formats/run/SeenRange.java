package io.bisift.formats.run;

import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.wire.Wire;
import io.bisift.formats.scan.LineTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of a scanned range. */
final class SeenRange {
  private final RangeTally scanned;
  private byte @Nullable [] keys;
  private final @Nullable LineTable table;

  /**
   * @param scanned its tally where everything is kept
   * @param keys its exact histograms, {@link #pack packed}; null where they are not exact or would
   *     take too much memory
   * @param table what is on each line; null where that would take too much memory
   */
  SeenRange(RangeTally scanned, byte @Nullable [] keys, @Nullable LineTable table) {
    this.scanned = scanned;
    this.keys = keys;
    this.table = table;
  }

  /** What is on each line; null where that is not remembered. */
  @Nullable LineTable table() {
    return table;
  }

  /** Whether the keys are remembered; if not, the range must be read again. */
  boolean hasKeys() {
    return table != null || keys != null;
  }

  /** Frees the memory of the keys, which only finding cuts needs. Idempotent. */
  void forgetKeys() {
    keys = null;
  }

  /** The keys that a search has not decided yet. */
  RankHistogram undecided(int alpha, CutSearch search) {
    if (table != null) {
      return table.undecided(alpha, search);
    }
    RankHistogram undecided = new RankHistogram();
    search.addUndecided(histogram(alpha), undecided);
    return undecided;
  }

  /** The range's answer to a cut. */
  RangeTally under(Cut cut, int alpha) {
    return table != null ? table.tally(alpha, scanned, cut) : scanned.under(cut, histogram(alpha));
  }

  /** Its tally where everything is kept. */
  RangeTally scanned() {
    return scanned;
  }

  /** The compact form of a range's histograms, one for each α. */
  static byte[] pack(List<RankHistogram> histograms) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Wire.writeList(histograms, RankHistogram::write, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private RankHistogram histogram(int alpha) {
    if (keys == null) {
      throw new IllegalStateException("no keys are remembered of " + scanned.range());
    }
    try {
      return Wire.readList(RankHistogram::read, new DataInputStream(new ByteArrayInputStream(keys)))
          .get(alpha);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }
}
