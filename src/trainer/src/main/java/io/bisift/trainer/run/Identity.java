package io.bisift.trainer.run;

import io.bisift.model.commandline.ChoiceNames;
import io.bisift.trainer.config.BatchOptions;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.config.ModelOptions;
import io.bisift.trainer.config.OptimizerOptions;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.data.LabelSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What must be the same when a run is taken up again: all that its losses depend on. Devices,
 * folders, logs and evaluation may change.
 */
final class Identity {
  private Identity() {}

  static Map<String, String> of(Options options, Path model, TrainingData training) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("the model (sum)", ModelFiles.weights(model));
    identity.put("the tokenizer (sum)", ModelFiles.tokenizer(model));
    identity.putAll(training.identity());
    data(options.data, identity);
    batches(options.batch, identity);
    optimizer(options.optimizer, options.data.labels, identity);
    tuning(options.model, identity);
    return identity;
  }

  private static void data(DataOptions data, Map<String, String> identity) {
    identity.put("--labels", ChoiceNames.name(data.labels));
    if (data.labels == LabelSource.HARD) {
      identity.put("--threshold", Double.toString(data.threshold));
    }
    identity.put("--max-tokens", Integer.toString(data.maxTokens));
    identity.put("--max-tiles", Integer.toString(data.maxTiles));
  }

  private static void batches(BatchOptions batch, Map<String, String> identity) {
    identity.put("--global-batch", Integer.toString(batch.globalBatch));
    identity.put("--micro-batch", Integer.toString(batch.microBatch));
    identity.put("--micro-tokens", Integer.toString(batch.microTokens));
    identity.put("--length-window", Integer.toString(batch.lengthWindow));
    identity.put("--epochs", Integer.toString(batch.epochs));
    identity.put("--max-updates", Long.toString(batch.maxUpdates));
    identity.put("--seed", Long.toString(batch.seed));
  }

  private static void optimizer(
      OptimizerOptions optimizer, LabelSource labels, Map<String, String> identity) {
    identity.put("--learning-rate", Double.toString(optimizer.learningRate));
    identity.put("--schedule", ChoiceNames.name(optimizer.schedule));
    identity.put("--warmup-ratio", Double.toString(optimizer.warmupRatio));
    identity.put("--weight-decay", Double.toString(optimizer.weightDecay));
    identity.put("--decay", ChoiceNames.name(optimizer.decay));
    identity.put("--beta1", Double.toString(optimizer.beta1));
    identity.put("--beta2", Double.toString(optimizer.beta2));
    identity.put("--epsilon", Double.toString(optimizer.epsilon));
    identity.put("--max-norm", Double.toString(optimizer.maxNorm));
    if (labels == LabelSource.COUNTS) {
      identity.put("--evidence", Double.toString(optimizer.evidence));
      identity.put("--kappa", Double.toString(optimizer.kappa));
      identity.put("--kappa-rate", Double.toString(optimizer.kappaRate));
    }
  }

  private static void tuning(ModelOptions model, Map<String, String> identity) {
    identity.put("--tuning", ChoiceNames.name(model.tuning));
    identity.put("--precision", ChoiceNames.name(model.precision));
    if (model.tuning == ModelOptions.Tuning.LORA) {
      identity.put("--lora-rank", Integer.toString(model.loraRank));
      identity.put("--lora-alpha", Double.toString(model.loraAlpha));
      identity.put("--lora-targets", String.join(",", model.loraTargets));
    }
  }
}
