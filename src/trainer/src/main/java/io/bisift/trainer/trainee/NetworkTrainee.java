package io.bisift.trainer.trainee;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.bisift.model.input.PixelValues;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.net.Losses;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.net.TrainingPass;
import io.bisift.trainer.data.StepTarget;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.loop.Trainee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One or several copies of a network. Each copy may itself lie over several devices. The weights
 * are those of the first copy; the others follow it, and their gradients are added to its own.
 */
public final class NetworkTrainee implements Trainee {
  private final List<RewardNetwork> copies;
  private final LossRule rule;
  private final boolean recompute;
  private final VisionCache vision;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  /**
   * @param copies at least one, with the same weights and the same of them frozen; closed with this
   * @param recompute whether activations are computed again on the way back
   * @param visionCache bytes of tower results kept
   */
  public NetworkTrainee(
      List<RewardNetwork> copies, LossRule rule, boolean recompute, long visionCache) {
    this.copies = List.copyOf(copies);
    this.rule = rule;
    this.recompute = recompute;
    this.vision = new VisionCache(first().manager(), visionCache);
    first()
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                weights.put(name, parameter.getArray());
              }
            });
    weights.putAll(rule.weights());
  }

  private RewardNetwork first() {
    return copies.get(0);
  }

  /** The network with the weights. */
  public RewardNetwork network() {
    return first();
  }

  /** Weights that are the loss's own. */
  public Map<String, NDArray> headWeights() {
    return rule.weights();
  }

  @Override
  public double[] addGradients(List<List<Sample>> inFlight) {
    List<TrainingPass> passes = new ArrayList<>();
    try {
      // forward for all of them, then back: devices of one copy work on different micro-batches
      for (int i = 0; i < inFlight.size(); i++) {
        passes.add(forward(copies.get(i % copies.size()), inFlight.get(i)));
      }
      List<NDArray> losses = new ArrayList<>();
      for (int i = 0; i < passes.size(); i++) {
        TrainingPass pass = passes.get(i);
        List<StepTarget> targets = targets(inFlight.get(i));
        losses.add(pass.backward(logits -> rule.loss(pass, targets)));
      }
      addCopies();
      return losses.stream().mapToDouble(NDArray::getFloat).toArray();
    } finally {
      passes.forEach(TrainingPass::close);
    }
  }

  private TrainingPass forward(RewardNetwork network, List<Sample> batch) {
    try (NDManager scope = network.manager().newSubManager()) {
      return network.pass(tokens(batch), cells(network, batch, scope), recompute);
    }
  }

  private static TokenBatch tokens(List<Sample> batch) {
    return TokenBatch.of(batch.stream().map(Sample::encoded).toList());
  }

  private static List<StepTarget> targets(List<Sample> batch) {
    return batch.stream().flatMap(sample -> sample.targets().stream()).toList();
  }

  private @Nullable NDArray cells(RewardNetwork network, List<Sample> batch, NDManager owner) {
    NDList parts = new NDList();
    for (Sample sample : batch) {
      List<byte[]> tiles = sample.encoded().tiles();
      if (!tiles.isEmpty()) {
        parts.add(vision.get(tiles, some -> tower(network, some), owner));
      }
    }
    return parts.isEmpty() ? null : parts.size() == 1 ? parts.head() : NDArrays.concat(parts, 0);
  }

  private static NDArray tower(RewardNetwork network, List<byte[]> tiles) {
    NDArray pixels = PixelValues.of(tiles, network.config().imageSize(), network.manager());
    try (pixels) {
      return network.imageCells(pixels);
    }
  }

  /** Adds the other copies' gradients to the first's, and clears them. */
  private void addCopies() {
    for (RewardNetwork copy : copies.subList(1, copies.size())) {
      copy.parameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  addAndClear(parameter.getArray(), weights.get(name));
                }
              });
    }
  }

  private static void addAndClear(NDArray copy, @Nullable NDArray weight) {
    if (weight == null) {
      throw new IllegalStateException("a copy trains what the first does not");
    }
    try (NDArray there = copy.getGradient();
        NDArray sum = weight.getGradient();
        NDArray here = there.toDevice(sum.getDevice(), true)) {
      sum.addi(here);
      there.muli(0);
    }
  }

  private static Parameter parameter(RewardNetwork network, String name) {
    Parameter parameter = network.parameters().get(name);
    if (parameter == null) {
      throw new IllegalStateException("a copy without " + name);
    }
    return parameter;
  }

  @Override
  public Map<String, NDArray> weights() {
    return weights;
  }

  @Override
  public Map<String, NDArray> gradients() {
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    weights.forEach((name, weight) -> gradients.put(name, weight.getGradient()));
    return gradients;
  }

  @Override
  public void clearGradients() {
    first().zeroGradients();
    for (NDArray weight : rule.weights().values()) {
      try (NDArray gradient = weight.getGradient()) {
        gradient.muli(0);
      }
    }
  }

  @Override
  public void weightsChanged() {
    for (RewardNetwork copy : copies.subList(1, copies.size())) {
      copy.parameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  parameter(first(), name).getArray().copyTo(parameter.getArray());
                }
              });
    }
  }

  @Override
  public Judgement judge(List<Sample> batch) {
    RewardNetwork network = first();
    try (NDManager scope = network.manager().newSubManager();
        TrainingPass pass = network.pass(tokens(batch), cells(network, batch, scope), true)) {
      NDArray loss = rule.loss(pass, targets(batch));
      List<Double> scores = new ArrayList<>();
      for (float score : Losses.scores(pass.rewardLogits()).toFloatArray()) {
        scores.add((double) score);
      }
      return new Judgement(loss.getFloat(), scores);
    }
  }

  @Override
  public void close() {
    vision.close();
    copies.forEach(RewardNetwork::close);
  }
}
