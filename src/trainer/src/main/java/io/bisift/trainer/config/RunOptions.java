package io.bisift.trainer.config;

import picocli.CommandLine.Option;

/** What a run leaves behind, and when. */
@Heading("Run")
public final class RunOptions {
  /** By which the best checkpoint is kept. */
  public enum Metric {
    LOSS,
    ACCURACY,
    MACRO_F1,
    AUC
  }

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "new or empty folder for checkpoints, logs and the trained model; one of an unfinished"
              + " run of the same settings is taken up where its last checkpoint stands")
  public String output = "";

  @Option(
      names = "--save-every",
      paramLabel = "N",
      defaultValue = "100",
      description = "updates between checkpoints (default: ${DEFAULT-VALUE})")
  public long saveEvery;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "checkpoints kept: so many of the last, and the best (default: ${DEFAULT-VALUE})")
  public int keep;

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "updates between evaluations on --held-out, and so between chances to be the best; there"
              + " is one at the end, too (default: ${DEFAULT-VALUE})")
  public long evaluateEvery;

  @Option(
      names = "--best-by",
      paramLabel = "METRIC",
      defaultValue = "loss",
      description =
          "held-out metric that tells the best checkpoint: loss, accuracy, macro-f1, auc (default:"
              + " ${DEFAULT-VALUE})")
  public Metric bestBy = Metric.LOSS;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "updates between progress lines where they do not go to a terminal (default:"
              + " ${DEFAULT-VALUE})")
  public long logEvery;

  @Option(
      names = "--status-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "answer /healthz, /readyz and /metrics (for Prometheus) over HTTP on this port of all of"
              + " the machine's addresses; 0: do not (default: ${DEFAULT-VALUE})")
  public int statusPort;

  @Option(
      names = "--stuck-after",
      paramLabel = "SECONDS",
      defaultValue = "1800",
      description =
          "with --status-port: a run that has finished no micro-batch and no checkpoint for so long"
              + " counts as stuck (default: ${DEFAULT-VALUE})")
  public long stuckAfter;

  @Option(names = "--quiet", description = "print errors and the result only")
  public boolean quiet;
}
