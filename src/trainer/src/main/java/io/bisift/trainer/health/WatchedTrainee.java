package io.bisift.trainer.health;

import ai.djl.ndarray.NDArray;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.loop.Trainee;
import java.util.List;
import java.util.Map;

/** Gives a sign of life after every micro-batch, in training and evaluation. */
public final class WatchedTrainee implements Trainee {
  private final Trainee model;
  private final Progress progress;

  public WatchedTrainee(Trainee model, Progress progress) {
    this.model = model;
    this.progress = progress;
  }

  @Override
  public double[] addGradients(List<List<Sample>> inFlight) {
    double[] losses = model.addGradients(inFlight);
    progress.alive();
    return losses;
  }

  @Override
  public Judgement judge(List<Sample> batch) {
    Judgement judgement = model.judge(batch);
    progress.alive();
    return judgement;
  }

  @Override
  public Map<String, NDArray> weights() {
    return model.weights();
  }

  @Override
  public Map<String, NDArray> gradients() {
    return model.gradients();
  }

  @Override
  public void clearGradients() {
    model.clearGradients();
  }

  @Override
  public void weightsChanged() {
    model.weightsChanged();
  }

  @Override
  public void close() {
    model.close();
  }
}
