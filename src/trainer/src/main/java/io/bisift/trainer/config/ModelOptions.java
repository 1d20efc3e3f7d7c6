package io.bisift.trainer.config;

import io.bisift.core.scoring.ScorerSettings.Precision;
import java.util.List;
import picocli.CommandLine.Option;

/** Which model is trained, which of its weights, and where it lies. */
@Heading("Model")
public final class ModelOptions {
  /** Which weights change. */
  public enum Tuning {
    /** Language model and projector. */
    FULL,
    /** Low-rank additions to some of the language model's matrices. */
    LORA
  }

  /** What several devices are for. */
  public enum Parallel {
    /** Each has a copy of the model and works on micro-batches of its own. */
    DATA,
    /** Each has some of the layers; micro-batches pass through them one after the other. */
    LAYERS
  }

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "checkpoint to begin with: a Hugging Face folder of an InternVL2.5 model")
  public String model = "";

  @Option(
      names = "--tuning",
      paramLabel = "KIND",
      defaultValue = "full",
      description =
          "full: language model and projector; lora: low-rank additions (default:"
              + " ${DEFAULT-VALUE}). The vision tower never changes")
  public Tuning tuning = Tuning.FULL;

  @Option(
      names = "--lora-rank",
      paramLabel = "R",
      defaultValue = "16",
      description = "columns of the additions' factors (default: ${DEFAULT-VALUE})")
  public int loraRank;

  @Option(
      names = "--lora-alpha",
      paramLabel = "A",
      defaultValue = "32",
      description = "additions are scaled by A / R (default: ${DEFAULT-VALUE})")
  public double loraAlpha;

  @Option(
      names = "--lora-targets",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "attention,mlp",
      description =
          "matrices with additions: attention, mlp, or parts of tensor names such as q_proj or"
              + " wqkv (default: ${DEFAULT-VALUE})")
  public List<String> loraTargets = List.of();

  @Option(
      names = "--activation-checkpointing",
      paramLabel = "BOOL",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "keep only the inputs of layers and compute the rest again on the way back: less memory,"
              + " a third more time (default: ${DEFAULT-VALUE})")
  public boolean activationCheckpointing;

  @Option(
      names = "--devices",
      paramLabel = "DEVICES",
      defaultValue = "auto",
      description =
          "auto: all GPUs, or the CPU where there is none; cpu; gpu0,gpu1 …; cpux4: four logical"
              + " devices that are all the CPU, to try a placement (default: ${DEFAULT-VALUE})")
  public String devices = "auto";

  @Option(
      names = "--parallel",
      paramLabel = "KIND",
      defaultValue = "layers",
      description =
          "what several devices are for: layers (each has some) or data (each has a copy of the"
              + " model) (default: ${DEFAULT-VALUE})")
  public Parallel parallel = Parallel.LAYERS;

  @Option(
      names = "--layers",
      paramLabel = "N",
      split = ",",
      description =
          "layers on each of several devices, such as 7,9,9,7; without it they are shared out by"
              + " memory")
  public List<Integer> layers = List.of();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "micro-batches on their way through the devices at once; as many as there are devices"
              + " keeps all busy and takes their activations' memory (default: ${DEFAULT-VALUE})")
  public int inFlight;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description =
          "of the arithmetic: float32 or bfloat16, in which norms, softmax and sums are float32 all"
              + " the same; so are, always, weights in training, gradients and optimizer (default:"
              + " ${DEFAULT-VALUE})")
  public Precision precision = Precision.FLOAT32;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "threads that share out one operation on the CPU; 0: as many as cores. One is best for"
              + " tiny models (default: ${DEFAULT-VALUE})")
  public int threads;

  @Option(
      names = "--any-tokenizer",
      description =
          "take a tokenizer with far fewer tokens than the model has rows for, such as the small"
              + " one of bisift model init; else that is taken for a mistake")
  public boolean anyTokenizer;
}
