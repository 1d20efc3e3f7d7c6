package io.bisift.beam.cut;

import io.bisift.core.select.Cut;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.TopFraction;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

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
      @Nullable CutSearch start(K group, DoFn<?, ?>.ProcessContext context) {
        return null;
      }

      @Override
      long of(long total) {
        return new TopFraction(ratio).of(total);
      }

      @Override
      List<PCollectionView<?>> sideInputs() {
        return List.of();
      }
    };
  }

  /** Of the elements tied at an earlier cut, and all of them, as many as that cut keeps. */
  public static <K> KeepRule<K> tiesOf(PCollectionView<Map<K, CutSearch>> cuts) {
    return new KeepRule<>() {
      @Override
      @Nullable CutSearch start(K group, DoFn<?, ?>.ProcessContext context) {
        Cut cut = context.sideInput(cuts).get(group).cut();
        return CutSearch.forBest(cut.tiesKept(), cut.ties());
      }

      @Override
      long of(long total) {
        throw new IllegalStateException("known before the ties are counted");
      }

      @Override
      List<PCollectionView<?>> sideInputs() {
        return List.of(cuts);
      }
    };
  }

  /** What is known of a group's search before its keys are counted; null if nothing is. */
  abstract @Nullable CutSearch start(K group, DoFn<?, ?>.ProcessContext context);

  /** How many of a group are kept where that is not known before. */
  abstract long of(long total);

  abstract List<PCollectionView<?>> sideInputs();
}
