package io.bisift.formats.run;

import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.RangeScan;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.plan.SourceTotals;
import io.bisift.core.select.RankHistogram;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.scan.LineTable;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Scans all ranges of all sources, and adds up what it finds. */
final class FirstPass {
  /**
   * How many bytes may be spent on remembering ranges.
   *
   * @param tables for what is on each line; ranges beyond it are ranked again by the second pass
   * @param keys for histograms of ranges without a table; those beyond it are read once more
   */
  record Memory(long tables, long keys) {
    static final Memory USUAL = new Memory(4L << 20, 64L << 20);
  }

  private final Storage storage;
  private final List<SourceFile> sources;
  private final RunProgress progress;
  private final Memory memory;
  private final List<Double> alphas;
  private final RangeScanner scanner;
  private final List<RangeId> ranges = new ArrayList<>();
  private final SeenRange[] seen;
  private final List<SourceTotals> totals = new ArrayList<>();

  /** By source, then by α. */
  private final List<List<RankHistogram>> histograms = new ArrayList<>();

  private final boolean keepsAll;
  private final AtomicLong tables = new AtomicLong();
  private final AtomicLong keys = new AtomicLong();

  FirstPass(
      Storage storage,
      RunGroup group,
      List<SourceFile> sources,
      RunProgress progress,
      Memory memory) {
    this.storage = storage;
    this.sources = sources;
    this.progress = progress;
    this.memory = memory;
    this.alphas = group.alphas();
    this.scanner = group.scanner();
    this.keepsAll = group.runs().get(0).command() == Command.CONVERT;
    for (int i = 0; i < sources.size(); i++) {
      ranges.addAll(SourceReader.split(sources.get(i), i, group.chunkSize()));
      totals.add(new SourceTotals());
      histograms.add(alphas.stream().map(alpha -> new RankHistogram()).toList());
    }
    seen = new SeenRange[ranges.size()];
  }

  /** Scans everything. */
  void run(Workers workers) throws IOException {
    workers.forEach(IntStream.range(0, seen.length).boxed().toList(), this::scan);
  }

  private void scan(int index) throws IOException {
    RangeId range = ranges.get(index);
    boolean remembers = !keepsAll && tables.get() < memory.tables();
    LineTable table = remembers ? new LineTable(alphas) : null;
    RangeScan scan;
    try (SourceReader reader =
        SourceReader.open(storage, sources.get(range.source()), range, progress::scanned)) {
      scan = scanner.scan(reader, range, table);
    }
    progress.ranked(scan.ranked());
    seen[index] = remember(scan, table);
    SourceTotals sum = totals.get(range.source());
    synchronized (sum) {
      sum.add(scan);
      for (int alpha = 0; alpha < scan.histograms().size(); alpha++) {
        histograms.get(range.source()).get(alpha).addAll(scan.histograms().get(alpha));
      }
    }
  }

  private SeenRange remember(RangeScan scan, @Nullable LineTable table) {
    RangeTally tally = RangeTally.keepingAll(scan);
    if (table != null) {
      table.seal();
      if (tables.addAndGet(table.memory()) <= memory.tables()) {
        return new SeenRange(tally, null, table);
      }
    }
    boolean exact = scan.histograms().stream().allMatch(RankHistogram::isExact);
    byte[] packed = exact && !keepsAll ? SeenRange.pack(scan.histograms()) : null;
    boolean fits = packed != null && keys.addAndGet(packed.length) <= memory.keys();
    return new SeenRange(tally, fits ? packed : null, null);
  }

  List<SourceFile> sources() {
    return sources;
  }

  /** All ranges, in order. */
  List<SeenRange> ranges() {
    return Collections.unmodifiableList(Arrays.asList(seen));
  }

  SourceTotals totals(int source) {
    return totals.get(source);
  }

  /** All keys of a source. */
  RankHistogram histogram(int source, int alpha) {
    return histograms.get(source).get(alpha);
  }

  /** Opens a range once more. */
  SourceReader open(SeenRange range) {
    RangeId id = range.scanned().range();
    return SourceReader.open(storage, sources.get(id.source()), id, progress::lookedAt);
  }
}
