package io.bisift.trainer.config;

import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.commandline.ChoiceNames;
import io.bisift.trainer.data.LabelSource;
import io.bisift.trainer.optim.Decay;
import io.bisift.trainer.optim.LearningRate;
import picocli.CommandLine;

/** The options whose values are choices. */
public final class Choices {
  private Choices() {}

  /** Makes a command line take them. */
  public static void register(CommandLine line) {
    ChoiceNames.register(line, LabelSource.class);
    ChoiceNames.register(line, Decay.class);
    ChoiceNames.register(line, LearningRate.Shape.class);
    ChoiceNames.register(line, ModelOptions.Tuning.class);
    ChoiceNames.register(line, ModelOptions.Parallel.class);
    ChoiceNames.register(line, Precision.class);
    ChoiceNames.register(line, RunOptions.Metric.class);
  }
}
