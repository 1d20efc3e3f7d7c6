package io.bisift.beam.cut;

import io.bisift.core.select.CutSearch;
import io.bisift.core.select.TopFraction;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * How many elements of a group are kept.
 *
 * @param <K> the groups
 */
public abstract class KeepRule<K> implements Serializable {
  private KeepRule() {}

  /** The best fraction of each group. */
  public static <K> KeepRule<K> fraction(double ratio) {
    new TopFraction(ratio); // refuses a ratio that makes no sense while the pipeline is built
    return new KeepRule<>() {
      @Override
      long keep(K group, long total, DoFn<?, ?>.ProcessContext context) {
        return new TopFraction(ratio).of(total);
      }

      @Override
      List<PCollectionView<?>> sideInputs() {
        return List.of();
      }
    };
  }

  /** Of the elements tied at an earlier cut, as many as that cut keeps. */
  public static <K> KeepRule<K> tiesOf(PCollectionView<Map<K, CutSearch>> cuts) {
    return new KeepRule<>() {
      @Override
      long keep(K group, long total, DoFn<?, ?>.ProcessContext context) {
        return context.sideInput(cuts).get(group).cut().tiesKept();
      }

      @Override
      List<PCollectionView<?>> sideInputs() {
        return List.of(cuts);
      }
    };
  }

  abstract long keep(K group, long total, DoFn<?, ?>.ProcessContext context);

  abstract List<PCollectionView<?>> sideInputs();
}
