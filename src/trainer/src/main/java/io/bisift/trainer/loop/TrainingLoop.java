package io.bisift.trainer.loop;

import ai.djl.ndarray.NDArray;
import io.bisift.core.UserException;
import io.bisift.trainer.checkpoint.CheckpointFolder;
import io.bisift.trainer.checkpoint.RunState;
import io.bisift.trainer.config.RunOptions;
import io.bisift.trainer.feed.Feed;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.log.RunLog;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.GradientNorm;
import io.bisift.trainer.optim.LearningRate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Makes the updates of a run. Gradients of an update's micro-batches are averaged, each being that
 * of a mean over {@code <prm>} positions; the mean is clipped and given to AdamW.
 */
public final class TrainingLoop {
  /**
   * What the loop goes by.
   *
   * @param updates of the whole run
   * @param inFlight micro-batches on their way at once
   * @param maxNorm gradients are clipped to; infinite for no clipping
   * @param rateFactor by which a weight learns faster, by its name
   * @param run what must be the same when the run is taken up again
   */
  public record Rules(
      long updates,
      LearningRate rate,
      int inFlight,
      double maxNorm,
      ToDoubleFunction<String> rateFactor,
      RunOptions options,
      Map<String, String> run) {}

  private final Rules rules;
  private final Trainee model;
  private final AdamW optimizer;
  private final CheckpointFolder checkpoints;
  private final RunLog log;
  private final Optional<Evaluation> evaluation;
  private final StopSignal stop;
  private long update;
  private long saved = -1;

  /**
   * @param update how many were made before
   */
  public TrainingLoop(
      Rules rules,
      Trainee model,
      AdamW optimizer,
      CheckpointFolder checkpoints,
      RunLog log,
      Optional<Evaluation> evaluation,
      StopSignal stop,
      long update) {
    this.rules = rules;
    this.model = model;
    this.optimizer = optimizer;
    this.checkpoints = checkpoints;
    this.log = log;
    this.evaluation = evaluation;
    this.stop = stop;
    this.update = update;
  }

  /**
   * Makes the updates that are left.
   *
   * @param feed that gives them
   * @return whether all were made; else the run was asked to stop, and has saved
   * @throws UserException if a loss, a gradient or a weight is no number, or something cannot be
   *     read or written
   */
  public boolean run(Feed feed) {
    while (update < rules.updates()) {
      step(feed.next());
      boolean end = update == rules.updates();
      Optional<Double> score = Optional.empty();
      if (evaluation.isPresent() && (end || update % rules.options().evaluateEvery == 0)) {
        Metrics metrics = evaluation.get().run(model);
        log.evaluation(update, metrics.values());
        score = Optional.of(metrics.score(rules.options().bestBy));
      }
      if (end
          || update % rules.options().saveEvery == 0
          || stop.isRequested()
          || score.isPresent()) {
        save(score);
      }
      if (stop.isRequested() && !end) {
        log.note("stopped at update " + update + "; the same command goes on from there");
        return false;
      }
    }
    return true;
  }

  private void step(Iterator<List<Sample>> batches) {
    long began = System.nanoTime();
    long tokens = 0;
    List<Double> losses = new ArrayList<>();
    model.clearGradients();
    while (batches.hasNext()) {
      List<List<Sample>> inFlight = new ArrayList<>();
      while (inFlight.size() < rules.inFlight() && batches.hasNext()) {
        inFlight.add(batches.next());
      }
      double[] each = model.addGradients(inFlight);
      for (int i = 0; i < each.length; i++) {
        checkFinite(each[i], inFlight.get(i));
        losses.add(each[i]);
        tokens += inFlight.get(i).stream().mapToLong(s -> s.encoded().length()).sum();
      }
    }
    double rate = rules.rate().at(update);
    double norm = change(losses.size(), rate);
    update++;
    double loss = losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double seconds = (System.nanoTime() - began) / 1e9;
    log.update(update, loss, rate, norm, tokens / seconds);
  }

  /** Changes the weights by the mean of the gradients held; returns the length of that mean. */
  private double change(int batches, double rate) {
    Map<String, NDArray> gradients = model.gradients();
    try {
      double norm = GradientNorm.of(gradients.values()) / batches;
      if (!Double.isFinite(norm)) {
        throw exploded("the gradients of update " + (update + 1) + " are not finite");
      }
      double scale = GradientNorm.clip(norm, rules.maxNorm()) / batches;
      optimizer.begin();
      model
          .weights()
          .forEach(
              (name, weight) ->
                  optimizer.apply(
                      name,
                      weight,
                      Objects.requireNonNull(gradients.get(name), name),
                      scale,
                      rate * rules.rateFactor().applyAsDouble(name)));
      model.weightsChanged();
      return norm;
    } finally {
      gradients.values().forEach(NDArray::close);
    }
  }

  private void checkFinite(double loss, List<Sample> batch) {
    if (!Double.isFinite(loss)) {
      throw exploded(
          "the loss of update "
              + (update + 1)
              + " is "
              + loss
              + " on "
              + String.join(", ", batch.stream().map(Sample::id).toList()));
    }
  }

  private UserException exploded(String what) {
    return UserException.failure(
        what
            + ": nothing was saved since "
            + checkpoints.last().map(Path::toString).orElse("the start")
            + "; lower --learning-rate, or look at these records");
  }

  private void save(Optional<Double> score) {
    if (saved == update) {
      return;
    }
    if (!Double.isFinite(GradientNorm.of(model.weights().values()))) {
      throw exploded("the weights are not finite after update " + update);
    }
    RunState state = RunState.at(update, optimizer.updates(), score, rules.run());
    checkpoints.save(state, folder -> StateFiles.write(folder, model.weights(), optimizer));
    checkpoints.prune(rules.options().keep);
    saved = update;
    log.saved(update);
  }
}
