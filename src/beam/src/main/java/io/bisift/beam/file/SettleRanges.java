package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.Cut;
import io.bisift.core.select.RankHistogram;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.scan.KeptCount;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Settles what every range keeps: each answers the cut with two numbers, the ties are dealt in file
 * order, and ranges whose kept records may turn out unfit to be written are looked at once more.
 */
final class SettleRanges
    extends PTransform<PCollection<KV<Integer, ScannedRange>>, PCollection<RangeOutcome>> {
  private final RunGroup group;
  private final int run;
  private final Cuts cuts;
  private final PCollectionView<List<SourceFile>> sources;

  SettleRanges(RunGroup group, int run, Cuts cuts, PCollectionView<List<SourceFile>> sources) {
    this.group = group;
    this.run = run;
    this.cuts = cuts;
    this.sources = sources;
  }

  @Override
  public PCollection<RangeOutcome> expand(PCollection<KV<Integer, ScannedRange>> scans) {
    PCollectionView<Iterable<RangeTally>> tallies =
        scans
            .apply(
                "Tally", ParDo.of(new TallyFn(group, run, cuts)).withSideInputs(cuts.sideInputs()))
            .setCoder(FileCoders.TALLY)
            .apply("Tallies", View.asIterable());
    List<PCollectionView<?>> dealInputs = new ArrayList<>(cuts.sideInputs());
    dealInputs.add(tallies);
    List<PCollectionView<?>> settleInputs = new ArrayList<>(cuts.sideInputs());
    settleInputs.add(sources);
    TupleTag<RangeOutcome> settled = new TupleTag<>() {};
    TupleTag<List<RangeQuota>> suspect = new TupleTag<>() {};
    PCollectionTuple dealt =
        scans
            .getPipeline()
            .apply("Deal", Create.of(0))
            .apply(
                "DealTies",
                ParDo.of(new DealFn(cuts, tallies, suspect))
                    .withSideInputs(dealInputs)
                    .withOutputTags(settled, TupleTagList.of(suspect)));
    PCollection<RangeOutcome> lookedAt =
        dealt
            .get(suspect)
            .setCoder(ListCoder.of(FileCoders.QUOTA))
            .apply("SpreadSuspects", Reshuffle.viaRandomKey())
            .apply(
                "LookAgain",
                ParDo.of(new LookAgainFn(group, run, cuts, sources)).withSideInputs(settleInputs))
            .setCoder(FileCoders.OUTCOME);
    return PCollectionList.of(dealt.get(settled).setCoder(FileCoders.OUTCOME))
        .and(lookedAt)
        .apply("AllOutcomes", Flatten.pCollections());
  }

  private static final class TallyFn extends DoFn<KV<Integer, ScannedRange>, RangeTally> {
    private final RunGroup group;
    private final int run;
    private final Cuts cuts;

    TallyFn(RunGroup group, int run, Cuts cuts) {
      this.group = group;
      this.run = run;
      this.cuts = cuts;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      ScannedRange range = context.element().getValue();
      Cut cut = cuts.of(context.element().getKey(), context);
      context.output(tally(range, cut));
    }

    private RangeTally tally(ScannedRange range, Cut cut) throws IOException {
      RangeTally scanned = RangeTally.keepingAll(range.scan());
      RankHistogram keys = range.scan().histograms().get(group.alphaOf(run));
      if (cut.equals(Cut.KEEP_ALL)) {
        return scanned;
      } else if (keys.isExact()) {
        return scanned.under(cut, keys);
      }
      try (SourceReader reader =
          SourceReader.open(new BeamStorage(), range.source(), scanned.range(), bytes -> {})) {
        double alpha = group.runs().get(run).alpha();
        return RangeScanner.tally(reader, alpha, scanned, cut);
      }
    }
  }

  private static final class DealFn extends DoFn<Integer, RangeOutcome> {
    private final Cuts cuts;
    private final PCollectionView<Iterable<RangeTally>> tallies;
    private final TupleTag<List<RangeQuota>> suspect;

    DealFn(
        Cuts cuts,
        PCollectionView<Iterable<RangeTally>> tallies,
        TupleTag<List<RangeQuota>> suspect) {
      this.cuts = cuts;
      this.tallies = tallies;
      this.suspect = suspect;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      List<RangeTally> sorted = new ArrayList<>();
      context.sideInput(tallies).forEach(sorted::add);
      sorted.sort(Comparator.comparing(RangeTally::range));
      long total = sorted.stream().mapToLong(RangeTally::bytes).sum();
      Batches<RangeQuota> suspects = new Batches<>(batch -> context.output(suspect, batch), total);
      for (RangeQuota quota : RangeQuota.deal(sorted, source -> cuts.of(source, context))) {
        if (KeptCount.needsLook(quota)) {
          suspects.add(quota, quota.tally().bytes());
        } else {
          context.output(new RangeOutcome(quota, 0));
        }
      }
      suspects.finish();
    }
  }

  private static final class LookAgainFn extends DoFn<List<RangeQuota>, RangeOutcome> {
    private final Counter bytes = RunMetrics.counter(RunMetrics.BYTES_LOOKED_AT);
    private final RunGroup group;
    private final int run;
    private final Cuts cuts;
    private final PCollectionView<List<SourceFile>> sources;

    LookAgainFn(RunGroup group, int run, Cuts cuts, PCollectionView<List<SourceFile>> sources) {
      this.group = group;
      this.run = run;
      this.cuts = cuts;
      this.sources = sources;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      BeamStorage storage = new BeamStorage();
      RangeReplay replay = group.replay(group.images(storage));
      List<SourceFile> files = context.sideInput(sources);
      for (RangeQuota quota : context.element()) {
        int source = quota.tally().range().source();
        Cut cut = cuts.of(source, context);
        context.output(outcome(storage, files.get(source), quota, cut, replay));
      }
    }

    private RangeOutcome outcome(
        Storage storage, SourceFile source, RangeQuota quota, Cut cut, RangeReplay replay)
        throws IOException {
      double alpha = group.runs().get(run).alpha();
      try (SourceReader reader =
          SourceReader.open(storage, source, quota.tally().range(), bytes::inc)) {
        return KeptCount.settle(source, reader, alpha, quota, cut, replay, /* table= */ null);
      }
    }
  }
}
