package io.bisift.model.net;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.model.config.Architecture;
import io.bisift.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which tensors a configuration asks for. */
public final class TensorShapes {
  private TensorShapes() {}

  /** Every tensor's shape by its name in a checkpoint, in the order in which data flows. */
  public static Map<String, List<Long>> of(ModelConfig config) {
    List<NetBlock> blocks = new ArrayList<>();
    blocks.add(new VisionEmbedding(config));
    for (int i = 0; i < config.vision().layers(); i++) {
      blocks.add(new VisionBlock(config.vision(), i));
    }
    blocks.add(new Projector(config));
    blocks.add(new TokenEmbedding(config.language()));
    boolean internLm = config.language().architecture() == Architecture.INTERNLM2;
    for (int i = 0; i < config.language().layers(); i++) {
      blocks.add(
          internLm
              ? new InternLm2Layer(config.language(), i)
              : new Qwen2Layer(config.language(), i));
    }
    blocks.add(new RewardHead(config.language()));
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (NetBlock block : blocks) {
      Map<Parameter, Shape> byParameter = block.shapes();
      for (Parameter parameter : block.parameters()) {
        long[] shape = byParameter.get(parameter).getShape();
        shapes.put(parameter.getName(), Arrays.stream(shape).boxed().toList());
      }
    }
    return shapes;
  }
}
