package io.bisift.trainer.optim;

import java.util.regex.Pattern;

/** Which parameters weight decay takes hold of, by their names in the checkpoint. */
public enum Decay {
  /** All but biases and the weights of norms of any kind: the usual intention. */
  NO_BIAS_NO_NORM {
    @Override
    public boolean applies(String name) {
      return !name.endsWith(".bias") && !NORM.matcher(name).find() && !isLayerNorm(name);
    }
  },
  /**
   * What the Trainer of transformers 4.48 selects: {@code LayerNorm} weights and names with {@code
   * bias} are exempt, weights of RMS norms are not.
   */
  HF_TRAINER {
    @Override
    public boolean applies(String name) {
      return !name.contains("bias") && !isLayerNorm(name);
    }
  },
  /** Everything: what the reference's DeepSpeed configuration comes to. */
  ALL {
    @Override
    public boolean applies(String name) {
      return true;
    }
  };

  private static final Pattern NORM = Pattern.compile("norm[^.]*\\.weight$");

  /** Whether a parameter decays. */
  public abstract boolean applies(String name);

  /** The projector's norm and that of the reliability head: the only ones of this kind trained. */
  private static boolean isLayerNorm(String name) {
    return name.equals("mlp1.0.weight") || name.equals("kappa_head.0.weight");
  }
}
