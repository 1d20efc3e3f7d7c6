package io.bisift.trainer.config;

import io.bisift.core.UserException;
import io.bisift.formats.storage.Storages;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All settings of a run, as {@code fit} and {@code plan} take them. */
public final class Options {
  /** The option that names a file with values for the others. */
  public static final String CONFIG = "--config";

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description =
          "YAML file with any of the options below, without their dashes; the command line"
              + " overrides it")
  public @Nullable Path config;

  @Mixin public DataOptions data = new DataOptions();

  @Mixin public ModelOptions model = new ModelOptions();

  @Mixin public BatchOptions batch = new BatchOptions();

  @Mixin public OptimizerOptions optimizer = new OptimizerOptions();

  @Mixin public RunOptions run = new RunOptions();

  /**
   * Checks what can be checked before anything is opened.
   *
   * @throws UserException if a value is out of its range
   */
  public void check() {
    require(model.model, "--model");
    onThisMachine(model.model, "--model");
    onThisMachine(run.output, "--output");
    atLeast(1, batch.globalBatch, "--global-batch");
    atLeast(1, batch.microBatch, "--micro-batch");
    atLeast(0, batch.microTokens, "--micro-tokens");
    atLeast(1, batch.lengthWindow, "--length-window");
    atLeast(1, batch.epochs, "--epochs");
    atLeast(0, batch.maxUpdates, "--max-updates");
    atLeast(0, data.trainVersion, "--train-version");
    atLeast(1, data.loaders, "--loaders");
    atLeast(1, data.prefetch, "--prefetch");
    atLeast(1, data.maxTokens, "--max-tokens");
    atLeast(0, data.maxTiles, "--max-tiles");
    atLeast(1, model.loraRank, "--lora-rank");
    atLeast(1, model.inFlight, "--in-flight");
    atLeast(0, model.threads, "--threads");
    atLeast(1, run.saveEvery, "--save-every");
    atLeast(1, run.evaluateEvery, "--evaluate-every");
    atLeast(1, run.keep, "--keep");
    atLeast(1, run.logEvery, "--log-every");
    atLeast(1, run.stuckAfter, "--stuck-after");
    between(0, run.statusPort, 65535, "--status-port");
    between(0, data.maxRejected, 1, "--max-rejected");
    between(0, data.threshold, Math.nextDown(1.0), "--threshold");
    between(0, optimizer.warmupRatio, 1, "--warmup-ratio");
    between(0, optimizer.beta1, Math.nextDown(1.0), "--beta1");
    between(0, optimizer.beta2, Math.nextDown(1.0), "--beta2");
    between(0, optimizer.learningRate, Double.MAX_VALUE, "--learning-rate");
    between(0, optimizer.weightDecay, Double.MAX_VALUE, "--weight-decay");
    between(Double.MIN_VALUE, optimizer.epsilon, Double.MAX_VALUE, "--epsilon");
    between(0, optimizer.maxNorm, Double.MAX_VALUE, "--max-norm");
    between(0, optimizer.evidence, Double.MAX_VALUE, "--evidence");
    between(1e-3, optimizer.kappa, Double.MAX_VALUE, "--kappa");
    between(0, optimizer.kappaRate, Double.MAX_VALUE, "--kappa-rate");
    between(Double.MIN_VALUE, model.loraAlpha, Double.MAX_VALUE, "--lora-alpha");
  }

  /**
   * Checks that a value was given.
   *
   * @throws UserException if not
   */
  public static void require(String value, String option) {
    if (value.isEmpty()) {
      throw UserException.usage("missing option " + option + " (or a line of it in --config)");
    }
  }

  /**
   * Checks that a folder is not in a bucket: models are read from the middle, and the folders of
   * runs are locked, and checkpoints named when they are whole.
   *
   * @throws UserException if it is
   */
  public static void onThisMachine(String folder, String option) {
    if (Storages.scheme(folder).isPresent()) {
      throw UserException.usage(
          option + " must be a folder of this machine, was " + folder + ": copy or mount it");
    }
  }

  private static void atLeast(long least, long value, String option) {
    if (value < least) {
      throw UserException.usage(option + " must be at least " + least + ", was " + value);
    }
  }

  private static void between(double least, double value, double most, String option) {
    if (!(value >= least && value <= most)) { // written so that NaN fails too
      throw UserException.usage(option + " is out of range: " + value);
    }
  }
}
