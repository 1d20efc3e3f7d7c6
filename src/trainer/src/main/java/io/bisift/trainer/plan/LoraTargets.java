package io.bisift.trainer.plan;

import io.bisift.core.UserException;
import java.util.Collection;
import java.util.List;

/**
 * Which matrices of the language model have low-rank additions.
 *
 * @param names {@code attention}, {@code mlp}, or parts of tensor names
 */
public record LoraTargets(List<String> names) {
  private static final List<String> ATTENTION =
      List.of("wqkv", ".wo.", "q_proj", "k_proj", "v_proj", "o_proj");
  private static final List<String> MLP =
      List.of(".w1.", ".w2.", ".w3.", "gate_proj", "up_proj", "down_proj");

  public LoraTargets {
    names = List.copyOf(names);
  }

  /** Whether the weight of this name in the checkpoint is one of them. */
  public boolean contains(String tensor) {
    return ModelPart.of(tensor).kind() == ModelPart.Kind.LAYER
        && tensor.endsWith(".weight")
        && (isAny(tensor, ATTENTION) || isAny(tensor, MLP))
        && names.stream().anyMatch(name -> isNamed(tensor, name));
  }

  private static boolean isNamed(String tensor, String name) {
    return switch (name) {
      case "attention" -> isAny(tensor, ATTENTION);
      case "mlp" -> isAny(tensor, MLP);
      default -> tensor.contains(name);
    };
  }

  private static boolean isAny(String tensor, List<String> parts) {
    return parts.stream().anyMatch(tensor::contains);
  }

  /**
   * Checks that every name hits something.
   *
   * @throws UserException if one does not
   */
  public void check(Collection<String> tensors) {
    for (String name : names) {
      LoraTargets one = new LoraTargets(List.of(name));
      if (tensors.stream().noneMatch(one::contains)) {
        throw UserException.usage(
            "--lora-targets "
                + name
                + " is no matrix of this model's layers; attention, mlp, q_proj or wqkv, for"
                + " example, are");
      }
    }
  }
}
