package io.bisift.formats.run;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.ShardCuts;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.select.Cut;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunParameters;
import java.util.List;

/**
 * What the first pass settles for one set.
 *
 * @param cuts by source index
 * @param outcomes of all ranges, in order
 * @param manifest of the set as it will be
 */
public record SetPlan(
    RunParameters parameters, List<Cut> cuts, List<RangeOutcome> outcomes, Manifest manifest) {
  public SetPlan {
    cuts = List.copyOf(cuts);
    outcomes = List.copyOf(outcomes);
  }

  /** How the records of a kind are cut into shards. */
  ShardCuts shards(ShardTask.Kind kind) {
    return switch (kind) {
      case DATA -> new ShardCuts(manifest.totals().written(), manifest.parameters().shards());
      case REJECTED -> ShardCuts.ofRejected(manifest.totals().rejected());
    };
  }
}
