package io.bisift.trainer.config;

import picocli.CommandLine.Option;

/** What an update is made of. */
@Heading("Updates")
public final class BatchOptions {
  @Option(
      names = "--global-batch",
      paramLabel = "N",
      defaultValue = "512",
      description = "records of an update (default: ${DEFAULT-VALUE})")
  public int globalBatch;

  @Option(
      names = "--micro-batch",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "records that go through the model at once, at most; gradients of an update's"
              + " micro-batches are averaged (default: ${DEFAULT-VALUE})")
  public int microBatch;

  @Option(
      names = "--micro-tokens",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "tokens that go through at once, padding counted, at most; 0: no bound of this kind"
              + " (default: ${DEFAULT-VALUE})")
  public int microTokens;

  @Option(
      names = "--length-window",
      paramLabel = "N",
      defaultValue = "1024",
      description =
          "records of like length among so many share an update, which saves padding; 1: order is"
              + " random alone (default: ${DEFAULT-VALUE})")
  public int lengthWindow;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "times that every record is seen (default: ${DEFAULT-VALUE})")
  public int epochs;

  @Option(
      names = "--max-updates",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "updates after which the run ends, and which the schedule is made for; 0: as --epochs"
              + " has them (default: ${DEFAULT-VALUE})")
  public long maxUpdates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "of the order of the data and of new weights (default: ${DEFAULT-VALUE})")
  public long seed;
}
