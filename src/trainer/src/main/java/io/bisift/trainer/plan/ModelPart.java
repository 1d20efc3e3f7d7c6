package io.bisift.trainer.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the model a tensor belongs, by its name in the checkpoint.
 *
 * @param layer of the language model; -1 for all else
 */
public record ModelPart(Kind kind, int layer) {
  /** What a tensor is part of. */
  public enum Kind {
    VISION,
    PROJECTOR,
    EMBEDDING,
    LAYER,
    /** The last norm and the output projection. */
    HEAD
  }

  private static final Pattern LAYER =
      Pattern.compile("language_model\\.model\\.layers\\.(\\d+)\\..*");

  /** The part that a tensor is of. */
  public static ModelPart of(String tensor) {
    Matcher layer = LAYER.matcher(tensor);
    if (layer.matches()) {
      return new ModelPart(Kind.LAYER, Integer.parseInt(layer.group(1)));
    } else if (tensor.startsWith("vision_model.")) {
      return new ModelPart(Kind.VISION, -1);
    } else if (tensor.startsWith("mlp1.")) {
      return new ModelPart(Kind.PROJECTOR, -1);
    } else if (tensor.contains("embed")) {
      return new ModelPart(Kind.EMBEDDING, -1);
    }
    return new ModelPart(Kind.HEAD, -1);
  }

  /** Whether training may change it: all but the vision tower. */
  public boolean trainable() {
    return kind != Kind.VISION;
  }
}
