package io.bisift.model.net;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.model.config.ModelConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which tensors a configuration asks for. */
public final class TensorShapes {
  private TensorShapes() {}

  /** Every tensor's shape by its name in a checkpoint, in the order in which data flows. */
  public static Map<String, List<Long>> of(ModelConfig config) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (NetBlock block : NetworkBlocks.of(config, null).all()) {
      Map<Parameter, Shape> byParameter = block.shapes();
      for (Parameter parameter : block.parameters()) {
        long[] shape = byParameter.get(parameter).getShape();
        shapes.put(parameter.getName(), Arrays.stream(shape).boxed().toList());
      }
    }
    return shapes;
  }
}
