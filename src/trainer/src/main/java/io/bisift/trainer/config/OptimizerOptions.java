package io.bisift.trainer.config;

import io.bisift.trainer.optim.Decay;
import io.bisift.trainer.optim.LearningRate;
import picocli.CommandLine.Option;

/** How weights change. */
@Heading("Optimizer")
public final class OptimizerOptions {
  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "1e-5",
      description = "highest learning rate (default: ${DEFAULT-VALUE})")
  public double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "SHAPE",
      defaultValue = "cosine",
      description =
          "of the learning rate after the warm-up: cosine (to 0) or constant (default:"
              + " ${DEFAULT-VALUE})")
  public LearningRate.Shape schedule = LearningRate.Shape.COSINE;

  @Option(
      names = "--warmup-ratio",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description =
          "share of the updates in which the rate rises from 0 (default: ${DEFAULT-VALUE})")
  public double warmupRatio;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      defaultValue = "0.05",
      description = "decoupled from the gradients, as in AdamW (default: ${DEFAULT-VALUE})")
  public double weightDecay;

  @Option(
      names = "--decay",
      paramLabel = "WHICH",
      defaultValue = "no-bias-no-norm",
      description =
          "weights that decay: no-bias-no-norm; hf-trainer (what transformers' Trainer selects:"
              + " RMS norms decay, too); all (what the reference does) (default:"
              + " ${DEFAULT-VALUE})")
  public Decay decay = Decay.NO_BIAS_NO_NORM;

  @Option(
      names = "--beta1",
      paramLabel = "B",
      defaultValue = "0.9",
      description = "decay of AdamW's mean of gradients (default: ${DEFAULT-VALUE})")
  public double beta1;

  @Option(
      names = "--beta2",
      paramLabel = "B",
      defaultValue = "0.999",
      description = "decay of AdamW's mean of squares (default: ${DEFAULT-VALUE})")
  public double beta2;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      defaultValue = "1e-8",
      description = "added to AdamW's denominator (default: ${DEFAULT-VALUE})")
  public double epsilon;

  @Option(
      names = "--max-norm",
      paramLabel = "N",
      defaultValue = "1.0",
      description =
          "length that all gradients together are clipped to; 0: no clipping (default:"
              + " ${DEFAULT-VALUE})")
  public double maxNorm;

  @Option(
      names = "--evidence",
      paramLabel = "W",
      defaultValue = "0.05",
      description =
          "with --labels counts: weight of |mean - K/N| * kappa, which holds trust down where the"
              + " model misses (default: ${DEFAULT-VALUE})")
  public double evidence;

  @Option(
      names = "--kappa",
      paramLabel = "K",
      defaultValue = "4",
      description =
          "with --labels counts: what the model's reliability begins with, about the number of"
              + " continuations that its belief is worth (default: ${DEFAULT-VALUE})")
  public double kappa;

  @Option(
      names = "--kappa-rate",
      paramLabel = "F",
      defaultValue = "10",
      description =
          "with --labels counts: the reliability head learns so many times faster (default:"
              + " ${DEFAULT-VALUE})")
  public double kappaRate;
}
