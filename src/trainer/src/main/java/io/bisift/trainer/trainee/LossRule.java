package io.bisift.trainer.trainee;

import ai.djl.ndarray.NDArray;
import io.bisift.model.net.TrainingPass;
import io.bisift.trainer.data.StepTarget;
import io.bisift.trainer.loss.RewardLoss;
import java.util.List;
import java.util.Map;

/** What is made of a network's outputs at the {@code <prm>} positions. */
public interface LossRule {
  /** Cross-entropy over the two reward logits. */
  LossRule CROSS_ENTROPY =
      new LossRule() {
        @Override
        public NDArray loss(TrainingPass pass, List<StepTarget> targets) {
          return RewardLoss.crossEntropy(pass.rewardLogits(), targets);
        }

        @Override
        public Map<String, NDArray> weights() {
          return Map.of();
        }
      };

  /** The loss of a micro-batch: a number, with history where recording is on. */
  NDArray loss(TrainingPass pass, List<StepTarget> targets);

  /** Weights that the rule has beside the network's, by name; trained with them. */
  Map<String, NDArray> weights();
}
