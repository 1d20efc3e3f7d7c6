package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.RangeScan;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Splits the sources into ranges and scans each of them, keyed by source index. */
final class ScanSources
    extends PTransform<PCollection<List<SourceFile>>, PCollection<KV<Integer, ScannedRange>>> {
  private final RunGroup group;

  ScanSources(RunGroup group) {
    this.group = group;
  }

  @Override
  public PCollection<KV<Integer, ScannedRange>> expand(PCollection<List<SourceFile>> sources) {
    return sources
        .apply("Split", ParDo.of(new SplitFn(group.chunkSize())))
        .setCoder(ListCoder.of(FileCoders.SOURCE_RANGE))
        .apply("SpreadRanges", Reshuffle.viaRandomKey())
        .apply("Scan", ParDo.of(new ScanFn(group)))
        .setCoder(KvCoder.of(VarIntCoder.of(), FileCoders.SCANNED_RANGE));
  }

  private static final class SplitFn extends DoFn<List<SourceFile>, List<SourceRange>> {
    private final long chunkSize;

    SplitFn(long chunkSize) {
      this.chunkSize = chunkSize;
    }

    @ProcessElement
    public void processElement(
        @Element List<SourceFile> sources, OutputReceiver<List<SourceRange>> out) {
      long total = sources.stream().mapToLong(SourceFile::size).sum();
      Batches<SourceRange> batches = new Batches<>(out::output, total);
      for (int i = 0; i < sources.size(); i++) {
        SourceFile source = sources.get(i);
        for (RangeId range : SourceReader.split(source, i, chunkSize)) {
          batches.add(new SourceRange(source, range), range.end() - range.start());
        }
      }
      batches.finish();
    }
  }

  private static final class ScanFn extends DoFn<List<SourceRange>, KV<Integer, ScannedRange>> {
    private final Counter bytes = RunMetrics.counter(RunMetrics.BYTES_SCANNED);
    private final Counter rollouts = RunMetrics.counter(RunMetrics.ROLLOUTS_SCANNED);
    private final RunGroup group;

    ScanFn(RunGroup group) {
      this.group = group;
    }

    @ProcessElement
    public void processElement(
        @Element List<SourceRange> batch, OutputReceiver<KV<Integer, ScannedRange>> out)
        throws IOException {
      RangeScanner scanner = group.scanner();
      for (SourceRange element : batch) {
        RangeScan scan = scan(scanner, element);
        rollouts.inc(scan.ranked());
        out.output(KV.of(element.range().source(), new ScannedRange(element.source(), scan)));
      }
    }

    private RangeScan scan(RangeScanner scanner, SourceRange element) throws IOException {
      try (SourceReader reader =
          SourceReader.open(new BeamStorage(), element.source(), element.range(), bytes::inc)) {
        return scanner.scan(reader, element.range());
      }
    }
  }
}
