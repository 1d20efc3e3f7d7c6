package io.bisift.trainer.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.bisift.trainer.data.StepTarget;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.loss.RewardLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The smallest model that learns: two logits for each step, from how often each token occurs. */
final class BagTrainee implements Trainee {
  static final int VOCABULARY = 32;

  final NDManager manager = NDManager.newBaseManager();
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  BagTrainee() {
    NDArray table = manager.zeros(new Shape(VOCABULARY, 2));
    table.setRequiresGradient(true);
    weights.put("table.weight", table);
  }

  private NDArray logits(NDManager scope, List<Sample> batch) {
    List<float[]> rows = new ArrayList<>();
    for (Sample sample : batch) {
      int from = 0;
      for (int position : sample.encoded().prmPositions()) {
        float[] counts = new float[VOCABULARY];
        for (; from < position; from++) {
          counts[sample.encoded().ids()[from] % VOCABULARY]++;
        }
        rows.add(counts);
      }
    }
    return scope.create(rows.toArray(float[][]::new)).dot(weights.get("table.weight"));
  }

  private static List<StepTarget> targets(List<Sample> batch) {
    return batch.stream().flatMap(sample -> sample.targets().stream()).toList();
  }

  @Override
  public double[] addGradients(List<List<Sample>> inFlight) {
    double[] losses = new double[inFlight.size()];
    for (int i = 0; i < losses.length; i++) {
      try (NDManager scope = manager.newSubManager();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss =
            RewardLoss.crossEntropy(logits(scope, inFlight.get(i)), targets(inFlight.get(i)));
        loss.attach(scope);
        collector.backward(loss);
        losses[i] = loss.getFloat();
      }
    }
    return losses;
  }

  @Override
  public Map<String, NDArray> weights() {
    return weights;
  }

  @Override
  public Map<String, NDArray> gradients() {
    return Map.of("table.weight", weights.get("table.weight").getGradient());
  }

  @Override
  public void clearGradients() {
    weights.get("table.weight").setRequiresGradient(true);
    weights.get("table.weight").getGradient().muli(0);
  }

  @Override
  public void weightsChanged() {}

  @Override
  public Judgement judge(List<Sample> batch) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray logits = logits(scope, batch);
      logits.attach(scope);
      List<Double> scores = new ArrayList<>();
      float[] both = logits.softmax(-1).toFloatArray();
      for (int i = 0; i < both.length; i += 2) {
        scores.add((double) both[i]);
      }
      return new Judgement(RewardLoss.crossEntropy(logits, targets(batch)).getFloat(), scores);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
