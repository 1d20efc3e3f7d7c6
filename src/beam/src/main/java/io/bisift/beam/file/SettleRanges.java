package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.select.Cut;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.scan.KeptCount;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Settles what every range keeps: each answers the cut with two numbers, the ties are dealt in file
 * order, and ranges whose kept records may turn out unfit to be written are looked at once more.
 */
final class SettleRanges
    extends PTransform<PCollection<KV<Integer, ScannedRange>>, PCollection<RangeOutcome>> {
  private final RunParameters parameters;
  private final Cuts cuts;
  private final PCollectionView<List<SourceFile>> sources;

  SettleRanges(RunParameters parameters, Cuts cuts, PCollectionView<List<SourceFile>> sources) {
    this.parameters = parameters;
    this.cuts = cuts;
    this.sources = sources;
  }

  @Override
  public PCollection<RangeOutcome> expand(PCollection<KV<Integer, ScannedRange>> scans) {
    PCollectionView<Iterable<RangeTally>> tallies =
        scans
            .apply(
                "Tally", ParDo.of(new TallyFn(parameters, cuts)).withSideInputs(cuts.sideInputs()))
            .setCoder(FileCoders.TALLY)
            .apply("Tallies", View.asIterable());
    List<PCollectionView<?>> dealInputs = new ArrayList<>(cuts.sideInputs());
    dealInputs.add(tallies);
    List<PCollectionView<?>> settleInputs = new ArrayList<>(cuts.sideInputs());
    settleInputs.add(sources);
    return scans
        .getPipeline()
        .apply("Deal", Create.of(0))
        .apply("DealTies", ParDo.of(new DealFn(cuts, tallies)).withSideInputs(dealInputs))
        .setCoder(FileCoders.QUOTA)
        .apply("SpreadQuotas", Reshuffle.viaRandomKey())
        .apply(
            "Settle",
            ParDo.of(new SettleFn(parameters, cuts, sources)).withSideInputs(settleInputs))
        .setCoder(FileCoders.OUTCOME);
  }

  private static final class TallyFn extends DoFn<KV<Integer, ScannedRange>, RangeTally> {
    private final RunParameters parameters;
    private final Cuts cuts;

    TallyFn(RunParameters parameters, Cuts cuts) {
      this.parameters = parameters;
      this.cuts = cuts;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      ScannedRange range = context.element().getValue();
      Cut cut = cuts.of(context.element().getKey(), context);
      context.output(tally(range, cut));
    }

    private RangeTally tally(ScannedRange range, Cut cut) throws IOException {
      if (cut.equals(Cut.KEEP_ALL)) {
        return RangeTally.of(range.scan(), range.scan().ranked(), 0);
      }
      if (range.scan().histogram().isExact()) {
        return RangeTally.of(
            range.scan(),
            cut.countAbove(range.scan().histogram()),
            cut.countTied(range.scan().histogram()));
      }
      try (SourceReader reader =
          SourceReader.open(new BeamStorage(), range.source(), range.scan().range(), bytes -> {})) {
        return parameters.scanner().tally(reader, range.scan(), cut);
      }
    }
  }

  private static final class DealFn extends DoFn<Integer, RangeQuota> {
    private final Cuts cuts;
    private final PCollectionView<Iterable<RangeTally>> tallies;

    DealFn(Cuts cuts, PCollectionView<Iterable<RangeTally>> tallies) {
      this.cuts = cuts;
      this.tallies = tallies;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      List<RangeTally> sorted = new ArrayList<>();
      context.sideInput(tallies).forEach(sorted::add);
      sorted.sort(Comparator.comparing(RangeTally::range));
      RangeQuota.deal(sorted, source -> cuts.of(source, context)).forEach(context::output);
    }
  }

  private static final class SettleFn extends DoFn<RangeQuota, RangeOutcome> {
    private final RunParameters parameters;
    private final Cuts cuts;
    private final PCollectionView<List<SourceFile>> sources;

    SettleFn(RunParameters parameters, Cuts cuts, PCollectionView<List<SourceFile>> sources) {
      this.parameters = parameters;
      this.cuts = cuts;
      this.sources = sources;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      RangeQuota quota = context.element();
      int index = quota.tally().range().source();
      SourceFile source = context.sideInput(sources).get(index);
      BeamStorage storage = new BeamStorage();
      context.output(
          KeptCount.settle(
              storage, source, quota, cuts.of(index, context), parameters.replay(storage)));
    }
  }
}
