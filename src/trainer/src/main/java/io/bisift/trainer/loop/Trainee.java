package io.bisift.trainer.loop;

import ai.djl.ndarray.NDArray;
import io.bisift.trainer.feed.Sample;
import java.util.List;
import java.util.Map;

/** A model in training, as the loop sees it. Used by one thread. */
public interface Trainee extends AutoCloseable {
  /**
   * Runs micro-batches forward and back and adds the gradients of their losses to those held.
   *
   * @param inFlight on their way through the devices together
   * @return the loss of each, a mean over its {@code <prm>} positions
   */
  double[] addGradients(List<List<Sample>> inFlight);

  /** The weights in training by name, float32. */
  Map<String, NDArray> weights();

  /** The gradients held, one for each weight; to be closed by the caller. */
  Map<String, NDArray> gradients();

  /** Forgets the gradients. */
  void clearGradients();

  /** Says that weights were changed from outside, so that copies elsewhere must follow. */
  void weightsChanged();

  /** Runs a micro-batch forward only. */
  Judgement judge(List<Sample> batch);

  @Override
  void close();

  /**
   * What the model says of a micro-batch.
   *
   * @param loss as in training
   * @param scores one for each {@code <prm>}, sample by sample, in [0, 1]
   */
  record Judgement(double loss, List<Double> scores) {
    public Judgement {
      scores = List.copyOf(scores);
    }
  }
}
