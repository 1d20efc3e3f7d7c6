package io.bisift.trainer.plan;

import io.bisift.model.config.ModelConfig;
import io.bisift.model.net.TensorShapes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How large a model's parts are.
 *
 * @param tensors numbers in each tensor, by name
 */
public record ModelSize(ModelConfig config, Map<String, Long> tensors) {
  /**
   * Works it out from a folder's config.json alone: the weights need not be there.
   *
   * @throws io.bisift.core.UserException if that is no configuration of a model
   */
  public static ModelSize read(Path folder) {
    ModelConfig config = ModelConfig.read(folder);
    Map<String, Long> tensors = new LinkedHashMap<>();
    TensorShapes.of(config)
        .forEach(
            (name, shape) -> tensors.put(name, shape.stream().reduce(1L, Math::multiplyExact)));
    return new ModelSize(config, tensors);
  }

  /** Numbers in the whole model. */
  public long total() {
    return tensors.values().stream().mapToLong(Long::longValue).sum();
  }
}
