package io.bisift.model.config;

import io.bisift.core.UserException;
import java.util.Optional;

/**
 * How rotary positions go beyond the length that a model was trained for.
 *
 * @param kind what is scaled
 * @param factor at least 1
 */
public record RopeScaling(Kind kind, double factor) {
  /** What is scaled. */
  public enum Kind {
    /** Positions are divided by the factor. */
    LINEAR,
    /** The base grows with the length of the call (NTK), beyond {@code max_position_embeddings}. */
    DYNAMIC
  }

  static Optional<RopeScaling> read(ConfigObject language) {
    if (!language.has("rope_scaling")) {
      return Optional.empty();
    }
    ConfigObject scaling = language.object("rope_scaling");
    String type =
        scaling.has("rope_type") ? scaling.text("rope_type") : scaling.text("type", "default");
    Kind kind;
    switch (type) {
      case "default" -> {
        return Optional.empty();
      }
      case "linear" -> kind = Kind.LINEAR;
      case "dynamic" -> kind = Kind.DYNAMIC;
      default ->
          throw UserException.failure(
              "%s: type %s is not supported; default, linear and dynamic are"
                  .formatted(scaling.where(), type));
    }
    double factor = scaling.number("factor");
    if (!(factor >= 1)) {
      throw UserException.failure(
          "%s.factor must be at least 1, is %s".formatted(scaling.where(), factor));
    }
    return Optional.of(new RopeScaling(kind, factor));
  }
}
