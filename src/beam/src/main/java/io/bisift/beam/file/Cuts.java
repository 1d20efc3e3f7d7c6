package io.bisift.beam.file;

import io.bisift.beam.cut.FindCuts;
import io.bisift.beam.cut.KeepRule;
import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Each source's cut, as far as transforms need it: found for select, trivial for convert. */
final class Cuts implements Serializable {
  private final @Nullable PCollectionView<Map<Integer, CutSearch>> view;

  private Cuts(@Nullable PCollectionView<Map<Integer, CutSearch>> view) {
    this.view = view;
  }

  static Cuts find(RunGroup group, int run, PCollection<KV<Integer, ScannedRange>> scans) {
    RunParameters parameters = group.runs().get(run);
    if (parameters.command() == Command.CONVERT) {
      return new Cuts(null);
    }
    KeepRule<Integer> keep = KeepRule.fraction(parameters.topFraction().ratio());
    RangeRanking ranking = new RangeRanking(group.alphaOf(run), parameters.alpha());
    return new Cuts(scans.apply("FindCuts", FindCuts.of(ranking, keep)));
  }

  /** What a ParDo that asks for cuts must be given. */
  List<PCollectionView<?>> sideInputs() {
    return view == null ? List.of() : List.of(view);
  }

  /** The cut of a source. */
  Cut of(int source, DoFn<?, ?>.ProcessContext context) {
    if (view == null) {
      return Cut.KEEP_ALL;
    }
    CutSearch search = context.sideInput(view).get(source);
    return search == null ? Cut.KEEP_ALL : search.cut(); // without rollouts there is no cut
  }
}
